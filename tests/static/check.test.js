import assert from "node:assert/strict";
import { test } from "node:test";
import { findingAt, findings } from "../../static/network/check.js";
import { FIRST, sized, withLayer } from "../../static/network/draft.js";
import { saidAt } from "../../static/network/said.js";

const option = (/** @type {string} */ name, /** @type {any} */ initial, low = 0, high = /** @type {any} */ ("Infinity"), more = {}) => ({ name, default: initial, low, high, doc: {}, ...more });
/** @type {any} */
const TABLES = {
  datasets: [
    { name: "xor", rows: 4, features: ["x1", "x2"], targets: ["1"], classes: ["0", "1"], settings: [] },
    { name: "blobs", rows: 150, features: ["x1", "x2"], targets: ["a", "b", "c"], classes: ["a", "b", "c"], settings: [option("samples", 150, 2, 5000, { whole: true }), option("noise", 0.1, 0, 1)] },
    { name: "line", rows: 50, features: ["x", "z"], targets: ["y"], classes: [], settings: [] },
  ],
  optimizers: [{ name: "sgd", settings: [option("learning_rate", 0.001), option("momentum", 0), option("nesterov", false)] }, { name: "adam", settings: [option("betas", [0.9, 0.999], 0, 1)] }],
  initializers: [{ name: "uniform", settings: [option("low", 0, -100, 100), option("high", 1, -100, 100)] }, { name: "normal", settings: [option("scale", 1, 0, 100, { above: true })] }],
  schedules: [{ name: "step", settings: [option("every", 100, 1, "Infinity", { whole: true })] }],
  limits: { layers: 32, parameters: 1_000_000 },
};
const found = (/** @type {object} */ change, /** @type {any} */ preview = null) =>
  findings({ ...FIRST, ...change }, TABLES, preview).map((f) => [f.pointer, f.key.replace("ui.check.", ""), f.grave]);

test("the first draft has nothing to be said about", () => {
  assert.deepEqual(found({}), []);
});

test("the output has as many neurons as the data have classes, or columns y", () => {
  assert.deepEqual(found({ data: { name: "blobs" }, loss: "cross_entropy" }), [["/layers/1/units", "classes", true], ["/loss", "oneClass", false], ["/layers/1/activation", "twice", false]]);
  assert.deepEqual(found(sized(FIRST, 1, 2)), [["/layers/1/units", "twoClasses", true]]);
  assert.deepEqual(found({ ...sized(FIRST, 1, 2), data: { name: "line" } }), [["/layers/1/units", "targets", true]]);
  const table = { features: ["u", "v"], targets: [], classes: ["a", "b", "c"], rows: 3 };
  assert.deepEqual(found({ data: { csv: "…" } }, table)[0], ["/layers/1/units", "classes", true]);
  assert.deepEqual(found({ data: { csv: "…" } }, { ...table, features: [], classes: null }), []);
});

test("a batch holds at most the rows that are trained on, as the server counts them", () => {
  assert.deepEqual(found({ batch_size: 4 }), []);
  assert.deepEqual(found({ batch_size: 5 }), [["/batch_size", "batch", true]]);
  assert.deepEqual(found({ batch_size: 4, held_out: 0.2 }), [["/batch_size", "batch", true]]);
  assert.deepEqual(found({ batch_size: 1.5 }), [["/batch_size", "whole", true]]);
  assert.deepEqual(found({ ...sized(FIRST, 1, 3), data: { name: "blobs", samples: 20 }, batch_size: 30, loss: "mse" }), [["/batch_size", "batch", true]]);
  assert.deepEqual(found({ held_out: 0.95 }), [["/held_out", "between", true]]);
});

test("settings stand within what they accept", () => {
  const said = (/** @type {object} */ change) => found(change).map(([pointer, key]) => `${pointer} ${key}`);
  assert.deepEqual(said({ optimizer: { name: "sgd", learning_rate: -1 } }), ["/optimizer/learning_rate from"]);
  assert.deepEqual(said({ optimizer: { name: "adam", betas: [0.9, 1] } }), ["/optimizer/betas/1 below"]);
  assert.deepEqual(said({ optimizer: { name: "sgd", nesterov: true } }), ["/optimizer/nesterov nesterov"]);
  assert.deepEqual(said({ optimizer: { name: "sgd", nesterov: true, momentum: 0.9 } }), []);
  assert.deepEqual(said({ init: { name: "uniform", low: 2 } }), ["/init/low order"]);
  assert.deepEqual(said({ init: { name: "normal", scale: 0 } }), ["/init/scale aboveTo"]);
  assert.deepEqual(said({ schedule: { name: "step", every: 1.5 } }), ["/schedule/every whole"]);
  assert.deepEqual(said({ seed: -1 }), ["/seed seed"]);
  assert.deepEqual(said({ ...sized(FIRST, 1, 3), loss: "mse", data: { name: "blobs", noise: 2, samples: 3.5 } }), ["/data/samples whole", "/data/noise between"]);
});

test("a table of one's own is there before there is a network, and a program trains something", () => {
  assert.deepEqual(found({ data: { csv: " \n" } }), [["/data/csv", "noTable", true]]);
  assert.deepEqual(found({ program: " " }), [["/program", "noProgram", true]]);
  assert.deepEqual(found({ program: "L = mse(x, y)", trainable: [] }), [["/trainable", "nothingTrained", true]]);
  assert.deepEqual(found({ program: "L = mse(x * w, y)", trainable: ["w"] }), []);
});

test("what learns badly is said and not refused", () => {
  assert.deepEqual(found(withLayer(FIRST, 0, { activation: "sign" })), [["/layers/0/activation", "flat", false]]);
  assert.deepEqual(found({ ...withLayer(FIRST, 1, { activation: "linear" }), loss: "bce" }), [["/layers/1/activation", "probabilities", false]]);
  assert.deepEqual(found({ ...FIRST, loss: "bce_with_logits" }), [["/layers/1/activation", "twice", false]]);
});

test("too many numbers to learn are counted before the server is asked", () => {
  assert.deepEqual(found({ layers: [{ units: 4000, activation: "tanh", bias: true }, { units: 4000, activation: "tanh", bias: true }, FIRST.layers[1]] })[0], ["/layers", "parameters", true]);
});

test("of a column the worst is told, whichever of its controls it stands at", () => {
  const all = findings({ ...sized(FIRST, 1, 2), loss: "bce_with_logits" }, TABLES, null);
  assert.equal(findingAt(all, "/layers/1")?.pointer, "/layers/1/units");
  assert.equal(findingAt(all, "/layers/1/activation")?.grave, false);
  assert.equal(findingAt(all, "/layers/10"), null);
});

test("what the server refused is told at its place before what is known here", () => {
  const state = /** @type {any} */ ({ build: sized(FIRST, 1, 2), tables: TABLES, preview: null, networkPointer: "/layers/1/units", networkProblem: "Refused.", tableProblem: null, network: "" });
  const c = { state, t: (/** @type {string} */ key, params = {}) => `${key} ${JSON.stringify(params)}`, number: String };
  assert.deepEqual(saidAt(c, "/layers/1"), { text: "Refused.", grave: true });
  assert.deepEqual(saidAt({ ...c, state: { ...state, networkPointer: "" } }, "/layers/1"), { text: 'ui.check.twoClasses {"n":"1"}', grave: true });
  assert.equal(saidAt(c, "/seed"), null);
});
