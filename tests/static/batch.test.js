import assert from "node:assert/strict";
import { test } from "node:test";
import { elementId, elementLatex, elementOf, firstOf, valueAt } from "../../static/network/element.js";
import { addsUp, chosen, column, printed, windowOf } from "../../static/network/passes.js";
import { beforeUpdate, known, station, stations, stepAt } from "../../static/network/stations.js";

const STEPS = ["forward", "loss", "backward", "backward", "update", "update"].map((phase) => ({ phase }));
const ALONE = { steps: STEPS.slice(0, 4) };
const WHOLE = { steps: STEPS };
const net = /** @type {any} */ ({ batch: { rows: [4, 0, 2] }, parameters: { W1: [[1, 2], [3, 4]], b1: [5, 6], w: 7, big: null } });

test("an element's name and its place are each other's", () => {
  for (const [name, index] of /** @type {[string, number[]][]} */ ([["W1", [0, 2]], ["b1", [1]], ["w", []]])) {
    assert.deepEqual(elementOf(elementId(name, index)), { name, index });
  }
  assert.equal(valueAt(net.parameters.W1, [1, 0]), 3);
  assert.equal(valueAt(net.parameters.W1, [7, 0]), null);
  assert.deepEqual([firstOf(net.parameters.W1), firstOf([1]), firstOf(1)], [[0, 0], [0], []]);
});

// The same cases as in tests/engine/test_element_labels.py.
test("an element's symbol is written as the server writes it", () => {
  assert.equal(elementLatex("W^{(1)}", [0, 2]), "w^{(1)}_{1,3}");
  assert.equal(elementLatex("b^{(2)}", [0]), "b^{(2)}_{1}");
  assert.equal(elementLatex("W_{1}", [0, 2]), "w^{(1)}_{1,3}");
  assert.equal(elementLatex("\\hat{y}", [0, 0]), "\\hat{y}_{1,1}");
  assert.deepEqual(["a_{i}^{(2)}", "a^{(2)}_{i}"].map((latex) => elementLatex(latex, [0])), ["a^{(2)}_{i;1}", "a^{(2)}_{i;1}"]);
  assert.equal(elementLatex("\\mathrm{logits}", [0]), "\\mathrm{logits}_{1}");
  assert.equal(elementLatex("w", []), "w");
});

test("the way through a batch ends with the mean and the update", () => {
  assert.deepEqual(stations(net), ["4", "0", "2", "mean", "update"]);
  assert.deepEqual([beforeUpdate(STEPS), beforeUpdate(ALONE.steps)], [4, 4]);
  assert.deepEqual([stepAt("mean", STEPS), stepAt("update", STEPS), stepAt("0", STEPS)], [4, 5, null]);
  assert.equal(station({ rows: "mean", step: 4, graph: WHOLE }), "mean");
  assert.equal(station({ rows: "mean", step: 5, graph: WHOLE }), "update");
  assert.equal(station({ rows: "0", step: 5, graph: ALONE }), "0");
});

test("a row's gradient is known once its backward pass is done", () => {
  assert.deepEqual([3, 4].map((step) => known({ rows: "0", step, graph: ALONE }, net)), [1, 2]);
  assert.equal(known({ rows: "mean", step: 4, graph: WHOLE }, net), 3);
  assert.equal(known({ rows: "", step: 0, graph: WHOLE }, net), 3);
});

test("the element that is followed is one of a parameter", () => {
  assert.deepEqual(chosen({ cell: "W1[1,0]" }, net), { name: "W1", index: [1, 0] });
  assert.deepEqual(chosen({ cell: "W1[9,0]" }, net).index, [0, 0]);
  assert.deepEqual(chosen({ cell: "a1[0,0]" }, { ...net, parameters: { W1: [[1]], b2: [3] } }), { name: "b2", index: [0] });
});

/** @param {"mean" | "sum" | "other"} relation @param {number[]} rows @param {number} of @param {number} batch */
const passes = (relation, rows, of, batch) => /** @type {any} */ ({
  of, start: 0, relation, parameter: "w", gradients: { w: batch }, rows: rows.map((g, row) => ({ row, gradients: { w: g } })),
});

test("rows add up to the sum, and of a mean to the batch's gradient", () => {
  const whole = column(passes("mean", [1, 2, 6], 3, 3), [], 3);
  assert.deepEqual([whole.sum, whole.mean, whole.batch, whole.rest], [9, 3, 3, null]);
  assert.deepEqual(column(passes("mean", [1, 2, 6], 3, 3), [], 2).sum, 3);
  assert.equal(column(passes("mean", [1, 2, 6], 3, 3), [], 2).mean, null);
  assert.equal(column(passes("sum", [1, 2, 6], 3, 9), [], 3).mean, 9);
});

test("rows that are not listed are what the batch's gradient leaves over", () => {
  const part = column(passes("mean", [1, 2], 4, 3), [], 4);
  assert.deepEqual([part.rest, part.sum, part.mean], [9, 12, 3]);
  assert.equal(column(passes("other", [1, 2], 4, 3), [], 4).rest, null);
});

test("many rows are read in parts", () => {
  const many = { ...net, batch: { rows: Array.from({ length: 200 }, (_, i) => i) } };
  assert.deepEqual(["", "59", "60", "150", "mean"].map((rows) => windowOf({ rows }, many)), [0, 0, 60, 120, 0]);
});

test("one column has one number of decimals, and tells when rounding shows", () => {
  assert.deepEqual(printed([0.125, -0.1325, null], 4, "en"), ["0.1250", "−0.1325", "?"]);
  assert.deepEqual(printed([0.5], 3, "pt-BR"), ["0,5"]);
  assert.equal(addsUp(["0.1250", "−0.1325"], "−0.0075"), true);
  assert.equal(addsUp(["0,33", "0,33", "0,33"], "1,00"), false);
  assert.equal(addsUp(["1·10⁻⁵"], "1·10⁻⁵"), null);
});
