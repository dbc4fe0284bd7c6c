import assert from "node:assert/strict";
import { test } from "node:test";
import { AT_EASE } from "../../static/ask/asking.js";
import { due, planned } from "../../static/ask/due.js";
import { fadedFrom, nameOf, nextLevel } from "../../static/ask/fading.js";
import { choices, subject } from "../../static/ask/words.js";
import { BLANK, printAddress, readAddress } from "../../static/state.js";

/** q = x + x, f = q * z; x is reached over two edges. */
const node = (/** @type {string} */ id, /** @type {string[]} */ args, /** @type {number[]} */ shape = []) =>
  ({ id, latex: id, args, shape, op: args.length ? "add" : null, value: 1, grad: 1, summary: null, sign: null, folded: false, kind: "input", label: id });
/** @type {any} */
const GRAPH = {
  output: "f", detail: "tensor", updates: [{ parameter: "x" }],
  nodes: [node("x", []), node("q", ["x", "x"]), node("z", []), node("f", ["q", "z"])],
  edges: [["x", "q", 0], ["x", "q", 1], ["q", "f", 0], ["z", "f", 1]].map(([source, target, slot]) => ({ source, target, slot })),
  steps: [
    { phase: "forward", node: "q" }, { phase: "forward", node: "f" }, { phase: "backward", node: "f" },
    { phase: "backward", node: "f", source: "q", slot: 0 }, { phase: "backward", node: "f", source: "z", slot: 1 },
    { phase: "backward", node: "q", source: "x", slot: 0 }, { phase: "backward", node: "q", source: "x", slot: 1 },
    { phase: "update", node: "x" },
  ].map((s, index) => ({ index, ...s })),
};
/** @param {Partial<import("../../static/state.js").State>} more @returns {import("../../static/state.js").State} */
const state = (more) => ({ ...BLANK, graph: GRAPH, ask: "every", ...more });
const kinds = (/** @type {any[]} */ list) => list.map((q) => `${q.kind} ${q.step}`);

test("every step that brings a number is asked for it, a fan-out for its sum", () => {
  assert.deepEqual(kinds(planned(state({}), null)), ["value 0", "value 1", "product 3", "product 4", "product 5", "sum 6", "update 7"]);
});

test("a switch asks every third step, or only backward, or none", () => {
  assert.deepEqual(kinds(planned(state({ ask: "third" }), null)), ["product 3", "sum 6"]);
  assert.deepEqual(kinds(planned(state({ ask: "backward" }), null)), ["product 3", "product 4", "product 5", "sum 6"]);
  assert.deepEqual(planned(state({ ask: "off" }), null), []);
});

test("a lesson's author says what is asked, in the order of the steps", () => {
  /** @type {any} */
  const scene = { ask: ["sum x", "local f/q", "next q", "value q", "update x", "value nobody"] };
  assert.deepEqual(kinds(planned(state({ ask: "lesson", beats: true }), scene)), ["next 0", "value 0", "local 3", "sum 6", "update 7"]);
});

test("a lesson without beats asks nothing: a press is a step there", () => {
  /** @type {any} */
  const scene = { ask: ["value q"] };
  assert.equal(planned(state({ ask: "lesson", beats: true }), scene).length, 1);
  assert.deepEqual(planned(state({ ask: "lesson", beats: false }), scene), []);
});

test("a question is due where its step is begun, with beats once the local derivative is shown", () => {
  assert.equal(due(state({ step: 3, beat: 0 }), null), null);
  assert.equal(due(state({ step: 3, beat: 1 }), null)?.kind, "product");
  assert.equal(due(state({ step: 3, beat: 1, beats: true }), null), null);
  assert.equal(due(state({ step: 3, beat: 2, beats: true }), null)?.kind, "product");
  assert.equal(due(state({ step: 0, beat: 1, beats: true }), null)?.kind, "value");
});

test("a question that is done is due no more, and in symbols none is", () => {
  assert.equal(due(state({ step: 0, beat: 1, asking: { ...AT_EASE, done: ["value 0"] } }), null), null);
  assert.equal(due(state({ step: 0, beat: 1, symbols: 1 }), null), null);
});

test("what comes next is asked before its step is begun", () => {
  /** @type {any} */
  const scene = { ask: ["next q"] };
  assert.equal(due(state({ ask: "lesson", beats: true }), scene), null);
  assert.equal(due(state({ ask: "lesson", beats: true, asking: { ...AT_EASE, next: 0 } }), scene)?.kind, "next");
  assert.deepEqual(choices(GRAPH, 0), ["f", "q"]);
  assert.deepEqual(choices(GRAPH, 4), ["x", "z"]);
});

test("fading leaves out steps from the last to the first as the learner succeeds", () => {
  assert.deepEqual([0, 1, 2, 9].map((level) => fadedFrom([1, 2, 3], level)), [[], [3], [2, 3], [1, 2, 3]]);
  assert.deepEqual([nextLevel(0, true, 3), nextLevel(2, false, 3), nextLevel(3, true, 3)], [1, 2, 3]);
  assert.deepEqual(kinds(planned(state({ ask: "fading", asking: { ...AT_EASE, level: 2 } }), null)), ["sum 6", "update 7"]);
  assert.notEqual(nameOf("", "", "f = x"), nameOf("", "", "f = y"));
  assert.equal(nameOf("l", "s", "f = x"), "fading.l.s");
});

test("a large array is asked for by one element, a small one whole", () => {
  const large = { ...GRAPH, nodes: GRAPH.nodes.map((/** @type {any} */ n) => ({ ...n, shape: n.id === "q" ? [3, 4] : [2, 2] })) };
  const asked = planned(state({ graph: large }), null);
  assert.deepEqual(asked[0].cell, [0, 0]);
  assert.equal(asked[1].cell, null);
});

test("the subject of a product over one of several paths names both factors", () => {
  assert.equal(subject(GRAPH, { kind: "product", step: 3, cell: null }).plain, "∂f/∂q");
  assert.equal(subject(GRAPH, { kind: "product", step: 5, cell: null }).plain, "∂f/∂q · ∂q/∂x");
  assert.equal(subject(GRAPH, { kind: "local", step: 5, cell: null }).plain, "∂q/∂x");
  assert.equal(subject(GRAPH, { kind: "value", step: 0, cell: [1, 0] }).plain, "q");
});

test("the switch stands in the address", () => {
  const printed = printAddress(state({ ask: "backward" }), {});
  assert.equal(new URLSearchParams(printed).get("ask"), "backward");
  assert.equal(readAddress(printed, {}).state.ask, "backward");
  assert.equal(readAddress("?ask=nonsense", {}).state.ask, "off");
});
