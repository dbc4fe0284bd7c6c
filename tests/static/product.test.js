import assert from "node:assert/strict";
import { test } from "node:test";
import { belongs, focusOf, productOf } from "../../static/product.js";
import { graphs } from "./fixtures.js";

const graph = Object.values(graphs).find((g) => g.edges.some((e) => productOf(g, e)));

test("the cells of a product stand for the elements that the API multiplies", () => {
  assert(graph);
  let found = 0;
  for (const edge of graph.edges) {
    const product = productOf(graph, edge);
    if (!product) continue;
    found += 1;
    const value = (/** @type {string} */ id, /** @type {"value" | "grad"} */ key) => {
      const [, name, place] = /** @type {RegExpExecArray} */ (/^(.*?)(?:\[(.*)\])?$/.exec(id));
      return (place ?? "").split(",").filter(Boolean).reduce((/** @type {any} */ v, i) => v[Number(i)], graph.nodes.find((n) => n.id === name)?.[key]);
    };
    for (const side of [product.left, product.right]) {
      side.rows.forEach((row, i) => row.forEach((x, j) => assert.equal(x, value(side.id(i, j), side.role === "argument" ? "value" : "grad"))));
    }
    product.result.rows.forEach((row, i) => row.forEach((x, j) => {
      const sum = product.left.rows[i].reduce((/** @type {number} */ s, a, k) => s + Number(a) * Number(product.right.rows[k][j]), 0);
      assert(Math.abs(sum - Number(x)) < 1e-12);
    }));
  }
  assert(found > 1);
});

test("a cell of a factor lights the row or column of the result that it goes into", () => {
  const focus = { side: /** @type {const} */ ("left"), at: /** @type {[number, number]} */ ([2, 0]) };
  assert.deepEqual([0, 1, 2].map((i) => belongs(focus, "result", i, 1)), [false, false, true]);
  assert.deepEqual([0, 1].map((k) => belongs(focus, "right", k, 1)), [true, false]);
});

test("an element of another grid leaves the first cell of the result in focus", () => {
  const edge = graph?.edges.find((e) => productOf(graph, e));
  const product = graph && edge && productOf(graph, edge);
  assert(product);
  assert.deepEqual(focusOf(product, "elsewhere[0,0]"), { side: "result", at: [0, 0] });
});
