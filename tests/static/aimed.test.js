import assert from "node:assert/strict";
import { test } from "node:test";
import { aimedAt, edgeAt } from "../../static/stage/aimed.js";
import { pointAt } from "../../static/stage/edges.js";

const [a, b, far] = [{ x: 100, y: 0 }, { x: 300, y: 400 }, { x: 300, y: 20 }];
/** @type {any[]} */
const ROUTES = [[a, far], [a, b]].map((stops, index) => ({ index, stops, start: stops[0], end: stops[1] }));

test("an edge is meant where it runs, not where its ends are joined straight", () => {
  for (const share of [0.1, 0.35, 0.5, 0.8]) {
    const { x, y } = pointAt(ROUTES[1], share);
    assert.equal(edgeAt(ROUTES, { x: x + 2, y: y - 2 }, 7)?.index, 1);
  }
  const straight = { x: 140, y: 80 };
  assert.equal(edgeAt(ROUTES, straight, 7), null);
});

test("of two edges the nearer one is meant", () => {
  assert.equal(edgeAt(ROUTES, { x: 250, y: 17 }, 40)?.index, 0);
  assert.equal(edgeAt(ROUTES, { x: 110, y: -30 }, 7), null);
});

/** A weight w[0,0], its product with x[0,0], and a whole matrix of two rows. @type {any} */
const GRAPH = {
  output: "s",
  nodes: [
    { id: "w[0,0]", op: null, args: [], shape: [], grad: 1, element: { node: "w", index: [0, 0] } },
    { id: "x[0,0]", op: null, args: [], shape: [], grad: null, element: { node: "x", index: [0, 0] } },
    { id: "p", op: "mul", args: ["x[0,0]", "w[0,0]"], shape: [], grad: 1 },
    { id: "M", op: null, args: [], shape: [2, 3], grad: null },
  ],
  edges: [{ source: "x[0,0]", target: "p", slot: 0 }, { source: "w[0,0]", target: "p", slot: 1 }], steps: [], updates: [],
};
const M = { line: 20, pad: 7, cell: [40, 30] };
const RECTS = { "w[0,0]": { x: 0, y: 0, w: 50, h: 50 }, "x[0,0]": { x: 0, y: 200, w: 50, h: 50 }, p: { x: 300, y: 0, w: 50, h: 50 }, M: { x: 0, y: 400, w: 140, h: 100 } };
const stops = [{ x: 50, y: 225 }, { x: 300, y: 25 }];
/** @type {any} */
const SCENE = {
  m: M, placed: { nodes: new Map(Object.entries(RECTS)) }, routes: [{ index: 0, source: "x[0,0]", target: "p", stops, start: stops[0], end: stops[1] }],
  description: { cards: [{ id: "M", look: "grid", rows: 2, columns: 3, node: GRAPH.nodes[3] }] },
};
const VIEW = { x: 10, y: 20, k: 0.5 };
const aimed = (/** @type {number} */ x, /** @type {number} */ y) => aimedAt(SCENE, GRAPH, VIEW, 10 + x / 2, 20 + y / 2, true);

test("a product and the edges into it stand for its weight", () => {
  assert.deepEqual(aimed(320, 20), { card: "p", element: "w[0,0]" });
  assert.deepEqual(aimed(175, 125), { card: "", element: "w[0,0]" });
  assert.deepEqual(aimed(20, 220), { card: "x[0,0]", element: "x[0,0]" });
  assert.deepEqual(aimed(175, 300), { card: "", element: "" });
});

test("a cell of a whole matrix is meant where cards show cells", () => {
  assert.deepEqual(aimed(10 + 2 * 40 + 5, 400 + 28 + 30 + 5), { card: "M", element: "M[1,2]" });
  assert.deepEqual(aimed(70, 405), { card: "M", element: "" });
  assert.equal(aimedAt(SCENE, GRAPH, VIEW, 10 + 95 / 2, 20 + 463 / 2, false).element, "");
});
