/** Which exercise comes next, what the file of progress holds, and what is blank on paper. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { BLANK } from "../../static/state.js";
import { LONGEST, placeOf } from "../../static/practice/asked.js";
import { contentOf } from "../../static/practice/file.js";
import { anotherOf, nextOf } from "../../static/practice/next.js";
import { answersOf, blanksOf, unknown, updatesOf } from "../../static/worksheet/blanks.js";

const HERE = { template: "chain", level: 2, seed: 7 };
const done = (/** @type {boolean[]} */ ...alone) => alone.map((one, i) => ({ ...HERE, seed: i, alone: one }));

test("the level rises after two exercises of it in a row without help", () => {
  assert.deepEqual(nextOf(HERE, done(true), 5), { ...HERE, seed: 8 });
  assert.deepEqual(nextOf(HERE, done(false, true, true), 5), { template: "chain", level: 3, seed: 8 });
  assert.deepEqual(nextOf(HERE, done(true, true, false), 5), { ...HERE, seed: 8 });
  assert.deepEqual(nextOf({ ...HERE, level: 5 }, done(true, true).map((one) => ({ ...one, level: 5 })), 5), { ...HERE, level: 5, seed: 8 });
  assert.deepEqual(nextOf({ ...HERE, level: 1 }, done(true, true), 5).level, 1);
  assert.equal(nextOf({ ...HERE, seed: 2 ** 32 - 1 }, [], 5).seed, 0);
});

test("another exercise is never the same one", () => {
  for (const chance of [0, 0.5, 0.99999]) assert.notEqual(anotherOf(HERE, chance).seed, 7);
});

test("the file holds what was typed, and no verdict", () => {
  const item = { exercise: HERE, question: { kind: "value", step: 0 }, attempts: ["1", "2"], right: 2 };
  const found = contentOf({ name: " Ana ", items: [item], finished: [] }, "en", new Date(0));
  assert.deepEqual(Object.keys(found), ["format", "version", "name", "language", "saved", "items"]);
  assert.equal(found.name, "Ana");
  assert.deepEqual(Object.keys(found.items[0]), ["exercise", "question", "attempts"]);
});

const node = (/** @type {string} */ id, /** @type {string | null} */ op, /** @type {any} */ value, /** @type {any} */ grad) => ({ id, label: id, latex: id, kind: "", op, args: [], shape: [], value, grad, sign: null, folded: false, summary: null });
/** @type {any} */
const GRAPH = { output: "f", edges: [], steps: [], nodes: [node("x", null, 2, 0.30000000000000004), node("y", null, 3, null), node("q", "mul", [6, 0.5], [1, 2]), node("f", "sum", 6.5, 1)], updates: [{ parameter: "x", new: 1.97 }] };

test("what is given, or 1 by itself, is never blank", () => {
  const all = blanksOf(GRAPH, "all");
  assert.deepEqual([...all].filter(([, b]) => b.value).map(([id]) => id), ["q", "f"]);
  assert.deepEqual([...all].filter(([, b]) => b.grad).map(([id]) => id), ["x", "q"]);
  assert.deepEqual([...blanksOf(GRAPH, "values")].filter(([, b]) => b.grad).length, 0);
  assert.deepEqual([...blanksOf(GRAPH, "gradients")].filter(([, b]) => b.value).length, 0);
  assert.deepEqual(blanksOf(GRAPH, "q, x").get("x"), { value: false, grad: true });
  assert.deepEqual([unknown(GRAPH, "q,z"), unknown(GRAPH, "all")], [["z"], []]);
});

test("the key has what is blank, in the language's numbers", () => {
  assert.deepEqual(answersOf(GRAPH, blanksOf(GRAPH, "all"), 4, "pt-BR"), [
    { name: "q", text: "[6; 0,5]" }, { name: "f", text: "6,5" }, { name: "∂f/∂q", text: "[1; 2]" }, { name: "∂f/∂x", text: "0,3" },
  ]);
  assert.deepEqual(updatesOf(GRAPH, 4, "en"), [{ name: "x", rows: 1, columns: 1, texts: ["1.97"] }]);
});

test("what was asked about is written down as it was given, or as a graph that is not too long", () => {
  const lesson = { slug: "one", graphs: { f: { program: "f = x * y", values: { x: 2, y: 3 } } }, scenes: [{ id: "first", graph: "f" }] };
  const config = /** @type {any} */ ({ lesson, exercise: null });
  const at = /** @type {any} */ ({ ...BLANK, program: "f = x * y", values: { x: 2, y: 3 }, labels: { f: "F" } });
  assert.deepEqual(placeOf(at, config, "value"), { lesson: "one", scene: "first" });
  assert.deepEqual(placeOf({ ...at, values: { x: 2, y: 4 } }, config, "value"), { graph: { program: "f = x * y", values: { x: 2, y: 4 } } });
  assert.deepEqual(placeOf({ ...at, detail: "scalar" }, config, "value"), { graph: { program: "f = x * y", values: { x: 2, y: 3 }, detail: "scalar" } });
  assert.equal(placeOf({ ...at, values: { x: Array(LONGEST).fill(1), y: 4 } }, config, "value"), null);
});

test("of a network's pass whose optimizer is not plain descent the update is not written down", () => {
  const terms = [{ name: "g" }, { name: "learning_rate", value: 0.5 }, { name: "velocity" }];
  const graph = { program: "L = half_mse(x * w, y)", output: "L", detail: "tensor", edges: [], steps: [], updates: [{ parameter: "w", terms }], nodes: [node("x", null, [[2]], null), node("w", null, 3, 1), node("y", null, 1, null), node("L", "half_mse", 2, 1)] };
  const at = /** @type {any} */ ({ ...BLANK, network: "n", graph });
  const config = /** @type {any} */ ({ lesson: null, exercise: null });
  assert.equal(placeOf(at, config, "update"), null);
  assert.deepEqual(placeOf(at, config, "value"), { graph: { program: graph.program, values: { x: [[2]], w: 3, y: 1 }, constants: ["x", "y"] } });
});
