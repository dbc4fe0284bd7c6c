import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, byEpochs, marks, path, readings, scales } from "../../static/compare/curves.js";
import { fieldOf, fieldsOf } from "../../static/compare/fields.js";
import { followed, halted, outcome } from "../../static/compare/versus.js";
import { readValues, requestFor, resolved } from "../../static/compare/asked.js";
import { FIRST as WISH, MOST, wishOf } from "../../static/compare/wish.js";
import { FIRST } from "../../static/network/draft.js";

const setting = (/** @type {string} */ name, /** @type {any} */ value, /** @type {any} */ more = {}) => ({ name, default: value, low: 0, high: 1, doc: {}, ...more });
const row = (/** @type {string} */ name, /** @type {any[]} */ ...settings) => ({ name, doc: {}, latex: "", settings });
/** @type {any} */
const TABLES = {
  datasets: [{ ...row("xor"), rows: 4 }, { ...row("moons", setting("samples", 100), setting("noise", 0.1)), rows: 100 }],
  optimizers: [row("sgd", setting("learning_rate", 0.01), setting("momentum", 0), setting("nesterov", false)), row("adam", setting("learning_rate", 0.001), setting("betas", [0.9, 0.999]))],
  initializers: [row("zeros"), row("xavier_uniform", setting("gain", 1)), row("normal")], schedules: [row("constant"), row("cosine")], limits: {},
};
const asked = (/** @type {any} */ wish, /** @type {any} */ draft = FIRST) => resolved(wishOf(wish), draft, TABLES);
const run = (/** @type {any} */ more = {}) => ({ iteration: 3, of: 3, epoch: 3, per_epoch: 1, curve: { iterations: [1, 2, 3], loss: [1, 0.1, 0.01] }, ...more });

test("learning rates come first, with the values of the lecture", () => {
  const { field, values, drafts } = asked({});
  assert.equal(field.id, "optimizer.learning_rate");
  assert.deepEqual(values, [0.01, 0.1, 1, 10]);
  assert.deepEqual(drafts.map((d) => d.optimizer), values.map((v) => ({ name: "sgd", learning_rate: v })));
});

test("every field changes something of the draft for each of its values, and at most six are compared", () => {
  for (const field of fieldsOf(FIRST, TABLES)) {
    const base = field.base ?? FIRST;
    const made = field.values.map((v) => JSON.stringify(field.put(base, v)));
    assert.equal(new Set(made).size, field.values.length, field.id);
    assert(field.values.length <= MOST && field.values.length > 0, field.id);
    if (field.choices) assert(field.values.every((v) => field.choices?.includes(v)), field.id);
  }
});

test("the activation is that of the hidden layers, and sign stands against sigmoid in the chain of two neurons", () => {
  assert.deepEqual(asked({ of: "activation" }).drafts.map((d) => d.layers.map((l) => l.activation)), [["sigmoid", "sigmoid"], ["relu", "sigmoid"]]);
  const { base, drafts } = asked({ of: "sign" });
  assert.equal(base.inputs, 1);
  assert.deepEqual(drafts.map((d) => d.layers.map((l) => [l.units, l.activation, l.bias])), [[[1, "sign", false], [1, "sign", false]], [[1, "sigmoid", false], [1, "sigmoid", false]]]);
});

test("depth and width keep the last layer as it is", () => {
  const sizes = (/** @type {any} */ wish) => asked(wish).drafts.map((d) => d.layers.map((l) => l.units));
  assert.deepEqual(sizes({ of: "layers", values: [0, 1, 3] }), [[1], [3, 1], [3, 3, 3, 1]]);
  assert.deepEqual(sizes({ of: "units", values: [2, 5] }), [[2, 1], [5, 1]]);
});

test("one part of a pair is compared by itself", () => {
  const { drafts } = asked({ of: "optimizer.betas.0", values: [0, 0.5] }, { ...FIRST, optimizer: { name: "adam", learning_rate: 1 } });
  assert.deepEqual(drafts.map((d) => d.optimizer.betas), [[0, 0.999], [0.5, 0.999]]);
});

test("a batch is never larger than the rows that are left", () => {
  assert.deepEqual(asked({ of: "held_out", values: [0, 0.5] }, { ...FIRST, batch_size: 4 }).drafts.map((d) => d.batch_size), [4, 2]);
});

test("what an address holds is put right", () => {
  assert.deepEqual(wishOf({}), WISH);
  assert.deepEqual(wishOf({ of: 3, values: [1, null, {}, "a", 2, 3, 4, 5, 6, 7], epochs: -2.5 }), { of: WISH.of, values: [1, "a", 2, 3, 4, 5], epochs: 1 });
  assert.equal(fieldOf(fieldsOf(FIRST, TABLES), "nothing").id, "optimizer.learning_rate");
  assert.deepEqual(asked({ of: "optimizer", values: ["adam", "nothing", 7] }).values, ["adam"]);
  assert.deepEqual(asked({ of: "seed", values: ["a"] }).values, [0, 1, 2, 3]);
});

test("the request has one network, and for each run the fields in which it differs", () => {
  const { base, drafts } = asked({ of: "init", values: ["xavier_uniform", "zeros"] });
  const body = requestFor(base, drafts, 50, [[0, 0]]);
  assert.deepEqual(body.settings, [{}, { init: "zeros" }]);
  assert.deepEqual([body.network.init, body.epochs, body.x], ["xavier_uniform", 50, [[0, 0]]]);
  assert(!("x" in requestFor(base, drafts, 50, null)));
  const scheduled = requestFor({ ...FIRST, schedule: { name: "cosine" } }, [{ ...FIRST }], 1, null);
  assert.deepEqual(scheduled.settings, [{ schedule: null }]);
});

test("values are read as they are typed, with a comma or a point", () => {
  assert.deepEqual(readValues("0,01 0,1; 1 10"), { values: [0.01, 0.1, 1, 10] });
  assert.deepEqual(readValues("0.01, 0.1, 1, 1"), { values: [0.01, 0.1, 1] });
  assert.deepEqual(readValues(" 1 two"), { problem: "number", text: "two" });
  assert.deepEqual(readValues("  "), { problem: "none", text: "  " });
  assert.equal(/** @type {any} */ (readValues("1 2 3 4 5 6 7")).problem, "many");
});

test("curves share a logarithmic scale, and a cursor reads them all", () => {
  const size = { w: 200, h: 120, left: 0, right: 0, top: 10, bottom: 10 };
  const runs = [run(), run({ curve: { iterations: [1, 2], loss: [1, 2] }, iteration: 2 })];
  const view = scales(runs, size);
  const gap = (/** @type {number} */ a, /** @type {number} */ b) => view.y(b) - view.y(a);
  assert(Math.abs(gap(1, 0.1) - gap(0.1, 0.01)) < 1e-9 && gap(1, 0.1) > 0);
  assert.deepEqual([view.x(0), view.x(3), view.back(200), view.back(-5)], [0, 200, 3, 0]);
  assert.deepEqual(readings(runs, 2.2), [0.1, 2]);
  assert.deepEqual(readings(runs, 3), [0.01, null]);
  assert(/^M66\.7 .*L200\.0 /.test(path(runs[0], view, false)));
});

test("runs with other batches are laid over each other by epochs", () => {
  const runs = [run(), run({ per_epoch: 2, curve: { iterations: [1, 2, 3, 4, 5, 6], loss: [6, 5, 4, 3, 2, 1] }, iteration: 6, of: 6 })];
  assert(byEpochs(runs) && !byEpochs([run(), run()]));
  assert.deepEqual(readings(runs, 2), [0.1, 3]);
  assert.equal(scales(runs, { w: 100, h: 100, left: 0, right: 0, top: 0, bottom: 0 }).ends[1], 3);
});

test("one run that leaves does not flatten the others", () => {
  const wild = run({ stopped: "nonfinite", at: 4, curve: { iterations: [1, 2, 3], loss: [1, 1e100, 1e250] } });
  const size = { w: 100, h: 110, left: 0, right: 0, top: 5, bottom: 5 };
  const view = scales([run(), wild], size);
  assert(view.y(0.01) - view.y(1) > 50, "two decades take half of the room");
  assert.equal(view.y(1e250), view.y(1e200), "what is over the top is drawn along it");
  const risen = run({ curve: { iterations: [1, 2, 3], loss: [1, 1e50, 1e104] } });
  assert(scales([run(), risen], size).y(0.01) - scales([run(), risen], size).y(1) > 50, "nor does one that rises and rises");
  assert(Number.isFinite(scales([wild], size).y(1)) && Number.isFinite(scales([risen], size).y(1)));
  assert(Number.isFinite(scales([run({ curve: { iterations: [], loss: [] } })], size).y(1)));
  assert(Number.isFinite(scales([run({ curve: { iterations: [1], loss: [0] } })], size).y(0)));
});

test("marks of a curve lie on it", () => {
  const view = scales([run()], { w: 100, h: 100, left: 0, right: 0, top: 0, bottom: 0 });
  const on = run().curve.iterations.map((/** @type {number} */ k, /** @type {number} */ i) => `${view.x(k)} ${view.y(run().curve.loss[i])}`);
  const found = marks(run(), view, false, 1);
  assert(found.length > 3 && found.every(({ x, y }) => on.includes(`${x} ${y}`)));
});

test("labels give way to one another and stay in their order", () => {
  const found = apart([50, 52, 51, 10, 99], 10, 0, 100);
  const sorted = [...found].sort((a, b) => a - b);
  assert(sorted.every((v, i) => !i || v - sorted[i - 1] >= 10 - 1e-9), String(found));
  assert(Math.max(...found) <= 100);
  assert.deepEqual([3, 0, 2, 1, 4].map((i) => found[i]), sorted);
});

test("a run says how it fared", () => {
  assert.equal(outcome(run({ stopped: "nonfinite" })), "diverged");
  assert.equal(outcome(run({ final: { loss: 1 } })), "done");
  assert.equal(outcome(run({ iteration: 0 })), "waiting");
  assert.deepEqual(halted([run({ iteration: 1 }), run()]).map(outcome), ["stopped", "running"]);
  assert.deepEqual(followed([run({ outputs: [1] })], [run()])[0].outputs, [1]);
});
