import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../../static/stage/describe.js";
import { pathOf, pointAt, routes } from "../../static/stage/edges.js";
import { layout } from "../../static/stage/layout.js";
import { METRICS } from "../../static/stage/metrics.js";
import { graphs, random } from "./fixtures.js";

/** @typedef {import("../../static/stage/layout.js").Rect} Rect */

const GAPS = { columns: [70, 250], rows: [30, 150] };
const STAGE = { w: 1200, h: 640, zoom: 1.45, least: 0.5 };

/** A graph whose arguments come before their uses. @param {number} seed */
function randomGraph(seed) {
  const next = random(seed);
  const count = 2 + Math.floor(next() * 30);
  const boxes = Array.from({ length: count }, (_, i) => ({ id: `n${i}`, w: 100 + next() * 200, h: 80 + next() * 200 }));
  const links = [];
  for (let i = 1; i < count; i += 1) {
    const args = next() < 0.3 ? 0 : 1 + Math.floor(next() * 3);
    for (let slot = 0; slot < args; slot += 1) {
      links.push({ index: links.length, source: `n${Math.floor(next() * i)}`, target: `n${i}`, slot });
    }
  }
  return { boxes, links };
}

/** @param {Map<string, Rect>} nodes @param {string} id */
const rect = (nodes, id) => /** @type {Rect} */ (nodes.get(id));

const placements = Array.from({ length: 120 }, (_, seed) => {
  const graph = randomGraph(seed);
  return { seed, ...graph, ...layout(graph.boxes, graph.links, GAPS, STAGE) };
});

test("no card lies on another, in any of 120 random graphs", () => {
  for (const { seed, boxes, nodes } of placements) {
    const all = boxes.map((b) => rect(nodes, b.id));
    all.forEach((a, i) => all.slice(i + 1).forEach((b) => {
      const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y + 1e-6 || b.y + b.h <= a.y + 1e-6;
      assert(apart, JSON.stringify([seed, a, b]));
    }));
  }
});

test("every edge runs from left to right through the gaps", () => {
  for (const { seed, links, nodes, routes: stops } of placements) {
    for (const l of links) {
      const source = rect(nodes, l.source);
      const xs = [source.x + source.w, ...(stops.get(l.index) ?? []).map((p) => p.x), rect(nodes, l.target).x];
      xs.slice(1).forEach((x, i) => assert(x > xs[i], `graph ${seed}, edge ${l.index}`));
    }
  }
});

test("the picture's size holds all its cards, from its corner on", () => {
  for (const { seed, boxes, nodes, width, height } of placements) {
    for (const b of boxes) {
      const r = rect(nodes, b.id);
      assert.deepEqual([r.w, r.h], [b.w, b.h]);
      assert(r.x >= -1e-6 && r.y >= -1e-6, `graph ${seed}`);
      assert(r.x + r.w <= width + 1e-6 && r.y + r.h <= height + 1e-6, `graph ${seed}`);
    }
  }
});

test("a leaf stands in the column before its first use", () => {
  const { cards, links } = describe(graphs.chain, METRICS.desk);
  const { nodes } = layout(cards, links, METRICS.desk, STAGE);
  const middle = (/** @type {string} */ id) => rect(nodes, id).x + rect(nodes, id).w / 2;
  assert(Math.abs(middle("w2") - middle("a1")) < 1);
  assert(Math.abs(middle("y") - middle("a2")) < 1);
  assert(Math.abs(middle("w1") - middle("x1")) < 1);
});

test("first arguments stand above second ones", () => {
  const { cards, links } = describe(graphs.lecture, METRICS.desk);
  const { nodes } = layout(cards, links, METRICS.desk, STAGE);
  assert(rect(nodes, "x").y < rect(nodes, "y").y);
  assert(rect(nodes, "q").y < rect(nodes, "z").y);
});

test("both edges of x · x are drawn, each on its own way", () => {
  const { cards, links } = describe(graphs.square, METRICS.desk);
  const drawn = routes(layout(cards, links, METRICS.desk, STAGE), links);
  assert.equal(drawn.length, 2);
  assert.notEqual(pathOf(drawn[0]), pathOf(drawn[1]));
  assert(drawn[1].end.y - drawn[0].end.y > 10);
});

test("the same graph always lies the same way", () => {
  const { boxes, links } = randomGraph(7);
  assert.deepEqual(layout(boxes, links, GAPS, STAGE), layout(boxes, links, GAPS, STAGE));
});

for (const name of ["lecture", "chain", "matrices", "diamond"]) {
  for (const [look, stage] of /** @type {const} */ ([["desk", { w: 850, h: 440, zoom: 1.45, least: 0.5 }], ["projector", { w: 1892, h: 470, zoom: 1.25, least: 1 }]])) {
    test(`${name} fills the ${look}'s stage in one direction`, () => {
      const m = METRICS[look];
      const { cards, links } = describe(graphs[name], m);
      const { width, height } = layout(cards, links, m, stage);
      const k = Math.min(m.maxZoom, stage.w / width, stage.h / height);
      assert(Math.max((width * k) / stage.w, (height * k) / stage.h) >= 0.85, `${width} × ${height} at ${k}`);
    });
  }
}

test("literals are drawn inside the sign of their operation, not as cards", () => {
  const { cards } = describe(graphs.diamond, METRICS.desk);
  assert.deepEqual(cards.map((c) => c.id).sort(), ["a", "b", "f", "x"]);
});

test("a thousand chained operations are laid out one after the other", () => {
  const boxes = Array.from({ length: 1000 }, (_, i) => ({ id: `n${i}`, w: 170, h: 140 }));
  const links = boxes.slice(1).map((b, i) => ({ index: i, source: `n${i}`, target: b.id, slot: 0 }));
  const { nodes } = layout(boxes, links, GAPS, STAGE);
  const lefts = boxes.map((b) => nodes.get(b.id)?.x ?? NaN);
  assert(lefts.every((x, i) => i === 0 || x > lefts[i - 1]));
});

test("what travels along an edge begins at its start, ends at its end and stays on its way", () => {
  const route = { index: 0, source: "a", target: "b", slot: 0, stops: [{ x: 0, y: 0 }, { x: 100, y: 50 }, { x: 300, y: 50 }], start: { x: 0, y: 0 }, end: { x: 300, y: 50 }, middle: { x: 50, y: 25 } };
  assert.deepEqual([pointAt(route, 0), pointAt(route, 1)], [route.start, route.end]);
  const way = Array.from({ length: 21 }, (_, i) => pointAt(route, i / 20));
  for (let i = 1; i < way.length; i += 1) assert(way[i].x > way[i - 1].x && way[i].y >= way[i - 1].y && way[i].y <= 50);
});
