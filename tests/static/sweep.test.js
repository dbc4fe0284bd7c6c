import assert from "node:assert/strict";
import { test } from "node:test";
import { area, nearest, scales } from "../../static/compare/curves.js";
import { FIRST } from "../../static/network/draft.js";
import { axesOf, requestFor, runsOf, variable } from "../../static/sweep/asked.js";
import { csv } from "../../static/sweep/csv.js";
import { bestOf, groupsOf, judgedBy, ordered, ranked, spread } from "../../static/sweep/groups.js";
import { lineOf } from "../../static/sweep/lines.js";
import { sweeping, underWay } from "../../static/sweep/swept.js";
import { FIRST as VARY, varyOf } from "../../static/sweep/vary.js";
import { settingWord, settingsName, valueWord } from "../../static/sweep/words.js";

const setting = (/** @type {string} */ name, /** @type {any} */ value) => ({ name, default: value, low: 0, high: 1, doc: {} });
const row = (/** @type {string} */ name, /** @type {any[]} */ ...settings) => ({ name, doc: {}, latex: "", settings });
/** @type {any} */
const TABLES = {
  datasets: [{ ...row("xor"), rows: 4 }], optimizers: [row("sgd", setting("learning_rate", 0.01), setting("momentum", 0)), row("adam", setting("learning_rate", 0.001))],
  initializers: [row("xavier_uniform", setting("gain", 1)), row("zeros")], schedules: [row("constant")], limits: {},
};
const asked = (/** @type {any} */ given) => {
  const vary = varyOf(given);
  const axes = axesOf(vary, FIRST, TABLES);
  return { vary, axes, body: requestFor(vary, axes, FIRST) };
};

/** @param {any} rate @param {number} seed @param {any} [more] */
const run = (rate, seed, more = {}) => ({
  number: 0, settings: { "optimizer.learning_rate": rate }, seed, state: "done", iterations: 3, loss: 1, best: { iteration: 3, loss: 0.5 }, accuracy: null,
  held_out_loss: null, held_out_accuracy: null, diverged_at: null, node: null, seconds: 0.1, parameters: "ab", curve: { iterations: [1, 2, 3], loss: [3, 2, 1] }, ...more,
});
const waiting = { state: "waiting", loss: null, curve: null, iterations: null };
const diverged = { state: "diverged", loss: "NaN", iterations: 2, diverged_at: 3, node: "z1", curve: { iterations: [1, 2], loss: [3, 30] } };
const t = (/** @type {string} */ key) => ({ "ui.setting.learning_rate": "Learning rate", "ui.compare.units": "Neurons", "ui.activation.tanh": "tanh: S" })[key] ?? key;
const c = { t, state: { lang: "pt-BR" } };

test("each value goes with each, from so many seeds, and says which it is", () => {
  const { axes, body } = asked({ by: [{ of: "optimizer.learning_rate", values: [0.1, 1] }, { of: "units", values: [2, 5] }], seeds: 2, iterations: 40 });
  assert.equal(runsOf(axes, 2), 8);
  assert.deepEqual(body.labels, [[0.1, 2], [0.1, 5], [1, 2], [1, 5]].map(([rate, units]) => ({ "optimizer.learning_rate": rate, units })));
  assert.deepEqual([body.seeds, body.iterations, body.settings.length], [[0, 1], 40, 4]);
  const last = { ...body.network, ...body.settings[3] };
  assert.deepEqual([last.optimizer.learning_rate, last.layers.map((/** @type {any} */ l) => l.units)], [1, [5, 1]]);
});

test("an optimizer stands before its settings, in whichever order they were chosen", () => {
  const { body } = asked({ by: [{ of: "optimizer.learning_rate", values: [0.5] }, { of: "optimizer", values: ["sgd", "adam"] }] });
  assert.deepEqual(body.settings.map((/** @type {any} */ s) => ({ ...body.network, ...s }).optimizer), [{ name: "sgd", learning_rate: 0.5 }, { name: "adam", learning_rate: 0.5 }]);
  assert.deepEqual(Object.keys(body.labels[0]), ["optimizer.learning_rate", "optimizer"], "the table keeps the order");
});

test("seeds are no setting here, and what a network has not is left out", () => {
  assert(!variable(FIRST, TABLES).some((f) => f.id === "seed" || f.id === "sign"));
  assert.deepEqual(asked({ by: [{ of: "nothing" }] }).axes.map((a) => a.field.id), ["optimizer.learning_rate"]);
  assert.deepEqual(asked({ by: [{ of: "units", values: ["a"] }] }).axes[0].values, [1, 2, 4, 8], "values that do not fit are those that are offered");
});

test("what an address holds is put right", () => {
  assert.deepEqual(varyOf({}), VARY);
  assert.deepEqual(varyOf({ by: [3, { of: "units", values: [1, null, {}] }, { of: "init", values: 2 }], seeds: -4, iterations: 1e9 }),
    { by: [{ of: "units", values: [1] }, { of: "init", values: null }], seeds: 1, iterations: 100_000 });
  assert.equal(varyOf({ by: Array(9).fill({ of: "units" }) }).by.length, 4);
  assert.deepEqual([sweeping({ vary: null, sweep: "" }), sweeping({ vary: VARY, sweep: "" }), sweeping({ vary: null, sweep: "x" })], [false, true, true]);
  assert.deepEqual(["queued", "running", "done", "cancelled"].map((state) => underWay(/** @type {any} */ ({ state }))), [true, true, false, false]);
});

test("of the seeds the median is told, the least and the most", () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, low: 1, high: 3 });
  assert.deepEqual(spread([4, 1]), { median: 2.5, low: 1, high: 4 });
  assert.equal(spread([]), null);
  assert.deepEqual(spread([1, Infinity, Infinity]), { median: Infinity, low: 1, high: Infinity });
});

test("runs of the same settings are one group; one that diverged is worse than all others, one that waits is none yet", () => {
  const runs = /** @type {any[]} */ ([run(1, 0, { loss: 0.2 }), run(1, 1, diverged), run(1, 2, { loss: 0.4 }), run(2, 0, { loss: 0.3 }), run(2, 1, waiting), run(2, 2, { state: "failed", loss: null })]);
  const [one, two] = groupsOf(runs);
  assert.equal(groupsOf(runs)[0], one, "read once");
  assert.deepEqual([one.ended, one.diverged, one.measures.loss], [3, 1, { median: 0.4, low: 0.2, high: Infinity }]);
  assert.deepEqual([two.ended, two.failed, two.measures.loss], [2, 1, { median: 0.3, low: 0.3, high: 0.3 }]);
  assert.equal(bestOf([one, two]), two);
  assert.equal(bestOf([two]), null, "alone nothing is best");
  assert.equal(bestOf(groupsOf([run(1, 0, diverged), run(2, 0, waiting)])), null);
});

test("rows that are held out decide which is best", () => {
  const groups = groupsOf(/** @type {any[]} */ ([run(1, 0, { loss: 0.1, held_out_loss: 0.9 }), run(2, 0, { loss: 0.5, held_out_loss: 0.2 })]));
  assert.equal(judgedBy(groups), "held_out_loss");
  assert.deepEqual(ranked(groups).map((g) => g.index), [1, 0]);
});

test("the table is sorted by numbers and by words, up and down; what is not known stands last", () => {
  const groups = groupsOf(/** @type {any[]} */ ([run(10, 0, { loss: 0.5 }), run(9, 0, waiting), run("relu", 0, { loss: 0.1 }), run(2, 0, diverged)]));
  const by = (/** @type {string} */ name, down = false) => ordered(groups, { by: name, down }).map((g) => g.index);
  assert.deepEqual(by("loss"), [2, 0, 3, 1]);
  assert.deepEqual(by("loss", true), [3, 0, 2, 1]);
  assert.deepEqual(by("settings.optimizer.learning_rate"), [3, 1, 0, 2]);
  assert.deepEqual(ordered(groups, null).map((g) => g.index), [0, 1, 2, 3]);
});

test("the line of a group is the median at each iteration, within the room of its seeds", () => {
  const curve = (/** @type {number[]} */ loss) => ({ curve: { iterations: [1, 2, 3], loss } });
  const [group] = groupsOf(/** @type {any[]} */ ([run(1, 0, curve([3, 2, 1])), run(1, 1, curve([30, 20, 10])), run(1, 2, curve([4, 5, 6])), run(1, 3, waiting)]));
  const { run: line, band, runs } = lineOf(group, 3);
  assert.deepEqual(line.curve, { iterations: [1, 2, 3], loss: [4, 5, 6] });
  assert.deepEqual(band, { iterations: [1, 2, 3], low: [3, 2, 1], high: [30, 20, 10] });
  assert.equal(runs.length, 3);
  const view = scales(runs, { w: 100, h: 100, left: 0, right: 0, top: 0, bottom: 0 });
  assert.equal(area(/** @type {any} */ (band), view).split("L").length, 6, "there along the most, back along the least");
  assert.equal(area({ iterations: [], low: [], high: [] }, view), "");
  assert.deepEqual([nearest(runs, view, 3, view.y(1.1)), nearest(runs, view, 3, 0), nearest([], view, 1, 0)], [0, 1, -1]);
});

test("the median ends where it is a seed that has left the numbers, and one run is its own line", () => {
  const [group, alone] = groupsOf(/** @type {any[]} */ ([run(1, 0, diverged), run(1, 1, diverged), run(1, 2), run(2, 0)]));
  const { run: line, band } = lineOf(group, 3);
  assert.deepEqual([line.curve, line.stopped], [{ iterations: [1, 2], loss: [3, 30] }, "nonfinite"]);
  assert.deepEqual(band?.high, [3, 30, 1], "the one that is left goes on");
  assert.deepEqual([lineOf(alone, 3).band, lineOf(alone, 3).run.curve.loss, lineOf(alone, 3).run.stopped], [null, [3, 2, 1], null]);
});

test("a file has all numbers with all digits, and no formula", () => {
  const rows = /** @type {any[]} */ ([run(0.1, 3, { loss: 0.12345678901234567 }), { ...run(1, 4, diverged), number: 1, settings: { "optimizer.learning_rate": 1, note: '=2+3, "x"' } }]);
  const [head, one, two, rest] = csv(rows).split("\r\n");
  assert.equal(head, "number,optimizer.learning_rate,note,seed,state,iterations,loss,accuracy,held_out_loss,held_out_accuracy,diverged_at,node,seconds,parameters,best_loss,best_iteration");
  assert.equal(one, "0,0.1,,3,done,3,0.12345678901234566,,,,,,0.1,ab,0.5,3");
  assert.match(two, /^1,1,"'=2\+3, ""x""",4,diverged,2,NaN,,,,3,z1,/);
  assert.equal(rest, "");
});

test("settings are told in words whichever network stands in the builder, others by their names", () => {
  assert.deepEqual(["optimizer.learning_rate", "units", "layers.0.units"].map((id) => settingWord(c, id)), ["Learning rate", "Neurons", "layers.0.units"]);
  assert.deepEqual([valueWord(c, "units", 0.5), valueWord(c, "activation", "tanh"), valueWord(c, "data", null), valueWord(c, "x", { a: 1 })], ["0,5", "tanh", "…", '{"a":1}']);
  assert.equal(settingsName(c, { units: 4, activation: "tanh" }), "4 · tanh");
});
