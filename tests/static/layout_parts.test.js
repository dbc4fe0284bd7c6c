import assert from "node:assert/strict";
import { test } from "node:test";
import { SHARED, cellsOf } from "../../static/stage/layout/cells.js";
import { crossings } from "../../static/stage/layout/crossings.js";
import { layered } from "../../static/stage/layout/layered.js";
import { ordered } from "../../static/stage/layout/order.js";
import { layoutOf, problemOf } from "../../static/stage/layout/problem.js";
import { ranks } from "../../static/stage/layout/ranks.js";
import { random } from "./fixtures.js";

const GAPS = { columns: [70, 250], rows: [30, 150] };
const STAGE = { w: 1200, h: 640, zoom: 1.45, least: 0.5 };

/** A graph of few boxes, arguments before uses. @param {number} seed @param {number} most */
function small(seed, most) {
  const next = random(seed);
  const count = 3 + Math.floor(next() * (most - 2));
  const links = [];
  for (let i = 1; i < count; i += 1) {
    for (let slot = Math.floor(next() * 3); slot > 0; slot -= 1) links.push([Math.floor(next() * i), i]);
  }
  return { count, source: Int32Array.from(links, ([s]) => s), target: Int32Array.from(links, ([, t]) => t) };
}

/** @typedef {ReturnType<typeof small>} Small */

/** @param {Small} graph @param {ArrayLike<number>} rank */
const span = ({ source, target }, rank) => source.reduce((sum, s, e) => sum + rank[target[e]] - rank[s], 0);

/** The least that all links can span together, by trying all columns. @param {Small} graph */
function leastSpan({ count, source, target }) {
  const rank = new Int32Array(count);
  let least = Infinity;
  const place = (/** @type {number} */ v) => {
    if (v === count) return void (least = Math.min(least, span({ count, source, target }, rank)));
    const first = source.reduce((r, s, e) => (target[e] === v ? Math.max(r, rank[s] + 1) : r), 0);
    for (rank[v] = first; rank[v] < count; rank[v] += 1) place(v + 1);
  };
  place(0);
  return least;
}

/** @param {Small} graph */
function problem({ count, source, target }) {
  const boxes = Array.from({ length: count }, (_, i) => ({ id: `n${i}`, w: 100, h: 80 }));
  const links = Array.from(source, (s, index) => ({ index, source: `n${s}`, target: `n${target[index]}`, slot: 0 }));
  return { boxes, links, problem: problemOf(boxes, links, GAPS, STAGE) };
}

/** @param {number[][]} columns @param {import("../../static/stage/layout/cells.js").Cells} cells */
function crossed(columns, cells) {
  const place = new Int32Array(cells.column.length);
  for (const column of columns) column.forEach((v, i) => { place[v] = i; });
  return crossings(columns, cells.down, place);
}

/** @param {number[]} list @returns {number[][]} */
const orders = (list) => (list.length < 2 ? [list] : list.flatMap((v, i) => orders(list.toSpliced(i, 1)).map((rest) => [v, ...rest])));

/** The fewest crossings of all orders of all columns. @param {number[][]} columns @param {import("../../static/stage/layout/cells.js").Cells} cells */
function fewest(columns, cells) {
  /** @type {(c: number, chosen: number[][]) => number} */
  const best = (c, chosen) => (c === columns.length ? crossed(chosen, cells) : Math.min(...orders(columns[c]).map((one) => best(c + 1, [...chosen, one]))));
  return best(0, []);
}

test("the links of a hundred small graphs are as short together as any columns make them", () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const graph = small(seed, 6);
    const rank = ranks(graph.count, graph.source, graph.target);
    assert(graph.source.every((s, e) => rank[s] < rank[graph.target[e]]), `seed ${seed}`);
    assert.equal(span(graph, rank), leastSpan(graph), `seed ${seed}`);
  }
});

test("the order of small graphs crosses as few lines as any order, but for one in fifty", () => {
  let [tried, missed] = [0, 0];
  for (let seed = 0; tried < 100; seed += 1) {
    const { problem: asked } = problem(small(seed, 8));
    const cells = cellsOf(asked, ranks(asked.w.length, asked.source, asked.target), SHARED);
    const columns = ordered(cells);
    const count = columns.reduce((all, { length }) => all * orders(Array.from({ length }, (_, i) => i)).length, 1);
    if (count > 3000) continue;
    tried += 1;
    missed += Number(crossed(columns, cells) > fewest(columns, cells));
  }
  assert(missed <= 2, `${missed} of ${tried}`);
});

/** A graph of many boxes whose links reach back some way. @param {number} seed */
function wide(seed) {
  const next = random(seed);
  const links = [];
  for (let i = 1; i < 120; i += 1) {
    for (let slot = 0; slot < 2; slot += 1) links.push([Math.max(0, i - 1 - Math.floor(next() * 30)), i]);
  }
  return { count: 120, source: Int32Array.from(links, ([s]) => s), target: Int32Array.from(links, ([, t]) => t) };
}

test("sweeps leave few crossings in graphs that are too large to try all orders", () => {
  let [found, read] = [0, 0];
  for (let seed = 0; seed < 20; seed += 1) {
    const { problem: asked } = problem(wide(seed));
    const cells = cellsOf(asked, ranks(asked.w.length, asked.source, asked.target), SHARED);
    const columns = ordered(cells);
    found += crossed(columns, cells);
    read += crossed(columns.map((column) => [...column].sort((a, b) => a - b)), cells);
  }
  assert(found < 0.27 * read, `${found} of ${read}`);
});

test("bends of long edges follow one another on one height where there is room", () => {
  let [level, all] = [0, 0];
  for (let seed = 0; seed < 20; seed += 1) {
    const { boxes, links, problem: asked } = problem(wide(seed));
    for (const stops of layoutOf(layered(asked), boxes, links).routes.values()) {
      for (let i = 2; i < stops.length; i += 2) {
        all += 1;
        level += Number(Math.abs(stops[i].y - stops[i - 1].y) < 1e-6);
      }
    }
  }
  assert(level > all / 5, `${level} of ${all}`);
});

test("a long edge runs straight past what stands between its ends", () => {
  const chain = { count: 7, source: Int32Array.of(0, 1, 2, 3, 4, 5, 0), target: Int32Array.of(1, 2, 3, 4, 5, 6, 6) };
  const { boxes, links, problem: asked } = problem(chain);
  const { nodes, routes } = layoutOf(layered(asked), boxes, links);
  const stops = routes.get(6) ?? [];
  assert.equal(stops.length, 10);
  assert(stops.every(({ y }) => Math.abs(y - stops[0].y) < 1e-6));
  for (const { y, h } of [...nodes.values()].slice(1, 6)) assert(stops[0].y < y || stops[0].y > y + h);
});
