import assert from "node:assert/strict";
import { test } from "node:test";
import { chain } from "../../static/chain.js";
import { leavesOf, waysTo } from "../../static/ways.js";
import { around, inParts, toldStep } from "../../static/words.js";
import { graphs } from "./fixtures.js";

/** @typedef {import("../../static/types.js").Graph} Graph */

/** As a long pass comes: without ways, and with words of its first step alone. @param {Graph} graph @returns {Graph} */
function long({ paths: _, ...graph }) {
  return { ...graph, steps: graph.steps.map(({ text, lines, ...step }, i) => (i ? step : { ...step, text, lines })) };
}

const explained = Object.entries(graphs).filter(([, graph]) => graph.paths);

for (const [name, graph] of explained) {
  test(`the ways found in ${name} are those that the server names`, () => {
    const own = long(graph);
    const named = Object.entries(graph.paths ?? {}).filter(([, ways]) => ways.paths.length);
    assert.deepEqual(leavesOf(own).toSorted(), named.map(([leaf]) => leaf).toSorted());
    for (const [leaf, { paths, more }] of named) assert.deepEqual(waysTo(own, leaf), { paths, more }, leaf);
  });
}

test("words that are read later stand where the graph has none", () => {
  const whole = explained[0][1];
  const graph = long(whole);
  assert.deepEqual([inParts(whole), inParts(graph)], [false, true]);
  const words = { graph, steps: new Map([[2, whole.steps[2]]]) };
  assert.deepEqual([0, 1, 2].map((i) => toldStep(graph, i, words)?.text), [whole.steps[0].text, undefined, whole.steps[2].text]);
  assert.equal(toldStep(graph, 2, { ...words, graph: whole })?.text, undefined);
  assert.equal(toldStep(graph, -1, words), null);
  assert.deepEqual([around(10).start, around(1000).start < 1000], [0, true]);
});

/** Numbers multiplied one after another. @param {number} count @returns {Graph} */
function multiplied(count) {
  const ids = ["x", ...Array.from({ length: count }, (_, i) => `a${i}`)];
  const nodes = ids.map((id, i) => ({ id, label: id, latex: id, kind: "intermediate", op: i ? "mul" : null, args: [], shape: [], value: i, grad: 1, sign: null, folded: false, summary: null }));
  const edges = ids.slice(1).map((target, i) => ({ source: ids[i], target, slot: 0, local: 2, local_kind: /** @type {const} */ ("elementwise"), local_latex: "", template: `d_{${i}}`, compound: false, contribution: 1 }));
  return { program: "", output: ids[count], value: 0, detail: "tensor", nodes, edges, steps: [], updates: [], notices: [], links: { page: "" } };
}

test("of a long way the ends are written, of a short one every factor", () => {
  const told = (/** @type {number} */ count) => {
    const path = Array.from({ length: count }, (_, i) => count - 1 - i);
    return chain(path, { graph: multiplied(count), frame: null, digits: 4, lang: "en", rate: 0.1, numbers: true }, { global: "", local: "" });
  };
  assert.equal(told(20).closed.length, 20);
  const { symbols, closed, numbers } = told(400);
  assert.deepEqual([symbols, closed, numbers].map((factors) => factors?.filter((f) => f.includes("\\cdots")).length), [1, 1, 1]);
  assert(closed.length < 20);
  assert(closed[0].includes("d_{399}") && closed.at(-1)?.includes("d_{0}"));
});
