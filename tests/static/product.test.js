import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeOf } from "../../static/indexed.js";
import { belongs, focusOf, pairs } from "../../static/meeting.js";
import { elementOf, valueAt } from "../../static/network/element.js";
import { productOf } from "../../static/product.js";
import { graphs } from "./fixtures.js";

/** @typedef {import("../../static/types.js").Graph} Graph */
/** @typedef {import("../../static/product.js").Product} Product */

/** Every picture of a graph, each matrix of a stack by itself. @param {Graph} graph */
function* pictures(graph) {
  for (const edge of graph.edges) {
    const product = productOf(graph, edge);
    for (let k = 0; product && k < product.stack.of; k += 1) {
      const shown = productOf(graph, edge, product.first(k));
      assert(shown);
      assert.equal(shown.stack.at, k);
      yield { edge, product: shown };
    }
  }
}

/** @param {Graph} graph @param {string} id @param {"value" | "grad"} key */
function element(graph, id, key) {
  const { name, index } = elementOf(id);
  return valueAt(nodeOf(graph, name)?.[key], index);
}

/** @param {Product} product @param {number} i @param {number} j */
const summed = (product, i, j) => pairs(product, [i, j]).reduce((s, [[a, b], [c, d]]) => s + Number(product.left.rows[a][b]) * Number(product.right.rows[c][d]), 0);

test("the cells of a picture stand for the elements that the API multiplies", () => {
  const kinds = new Set();
  for (const graph of Object.values(graphs)) {
    for (const { edge, product } of pictures(graph)) {
      kinds.add(`${product.kind} ${product.stack.of} ${product.stack.summed}`);
      for (const side of [product.left, product.right]) {
        if (side.role === "local") continue;
        side.rows.forEach((row, i) => row.forEach((x, j) => assert.equal(x, element(graph, side.id(i, j), side.role === "argument" ? "value" : "grad"))));
      }
      if (product.stack.summed) continue;
      product.result.rows.forEach((row, i) => row.forEach((x, j) => {
        assert(Math.abs(summed(product, i, j) - Number(x)) < 1e-12, `${edge.source} → ${edge.target}`);
        const { index } = elementOf(product.result.id(i, j));
        assert.equal(x, valueAt(edge.contribution, index));
      }));
    }
  }
  assert.deepEqual([...kinds].sort(), ["elementwise 1 false", "elementwise 3 false", "elementwise 3 true", "matrix 1 false", "matrix 3 false", "matrix 3 true"]);
});

test("what is broadcast over a stack adds up what each of its matrices gives", () => {
  const graph = graphs.stacks;
  for (const source of ["W", "b"]) {
    const all = [...pictures(graph)].filter(({ edge }) => edge.source === source);
    assert.equal(all.length, 3);
    const { rows, id } = all[0].product.result;
    rows.forEach((row, i) => row.forEach((x, j) => {
      const sum = all.reduce((s, { product }) => s + summed(product, i, j), 0);
      assert(Math.abs(sum - Number(x)) < 1e-12);
      assert.equal(x, valueAt(all[0].edge.contribution, elementOf(id(i, j)).index));
    }));
  }
});

test("element by element the same place is lit, and all that is added up", () => {
  const of = (/** @type {string} */ source) => /** @type {Product} */ ([...pictures(graphs.stacks)].find(({ edge }) => edge.source === source)?.product);
  const [same, bias] = [of("s"), of("b")];
  const lit = (/** @type {Product} */ p, /** @type {import("../../static/meeting.js").Focus} */ focus, /** @type {"left" | "right" | "result"} */ side) =>
    p[side].rows.flatMap((row, i) => row.map((_, j) => (belongs(p, focus, side, i, j) ? `${i}${j}` : "")).filter(Boolean));
  assert.deepEqual(lit(same, { side: "result", at: [1, 0] }, "right"), ["10"]);
  assert.deepEqual(lit(bias, { side: "result", at: [0, 1] }, "left"), ["01", "11"]);
  assert.deepEqual(lit(bias, { side: "left", at: [1, 0] }, "result"), ["00"]);
  assert.equal(same.right.symbol(1, 0), "\\frac{\\partial a_{1,2,1}}{\\partial s_{1,2,1}}");
});

test("a cell of a factor lights the row or column of the result that it goes into", () => {
  const focus = { side: /** @type {const} */ ("left"), at: /** @type {[number, number]} */ ([2, 0]) };
  const product = /** @type {Product} */ ([...pictures(graphs.matrices)].find(({ product }) => product.kind === "matrix")?.product);
  assert.deepEqual([0, 1, 2].map((i) => belongs(product, focus, "result", i, 1)), [false, false, true]);
  assert.deepEqual([0, 1].map((k) => belongs(product, focus, "right", k, 1)), [true, false]);
});

test("an element of another grid leaves the first cell of the result in focus", () => {
  for (const { product } of pictures(graphs.matrices)) assert.deepEqual(focusOf(product, "elsewhere[0,0]"), { side: "result", at: [0, 0] });
});

test("adding is no picture where nothing is added up", () => {
  const graph = graphs.stacks;
  const plain = graph.edges.filter((e) => e.template === "1" && e.source !== "b");
  assert(plain.length > 0);
  assert.deepEqual(plain.map((e) => productOf(graph, e)), plain.map(() => null));
});
