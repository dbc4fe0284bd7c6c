import assert from "node:assert/strict";
import { test } from "node:test";
import { after, askedAt, before, lastPhase, nextPhase, passOf, stretch, zoomed } from "../../static/network/levels.js";

const run = (/** @type {number} */ index, of = 4, furthest = 100) => ({ furthest, batch: { index, of } });

test("levels go from one operation to the whole run and no further", () => {
  assert.deepEqual([zoomed("operation", 1), zoomed("epoch", 1), zoomed("run", 1), zoomed("iteration", -1), zoomed("operation", -1)], ["phase", "run", "run", "phase", "operation"]);
});

test("the next epoch ends with its last batch, and the one before ended before this one's first", () => {
  // Iteration 38 took the second of four batches of the tenth epoch.
  assert.equal(after("epoch", 38, run(1)), 40);
  assert.equal(before("epoch", 38, run(1)), 36);
  assert.equal(after("epoch", 40, run(3)), 44);
  assert.equal(before("epoch", 40, run(3)), 36);
  assert.equal(after("epoch", 0, run(0)), 4);
  assert.equal(before("epoch", 2, run(1)), 0);
});

test("iterations go by one, the run to its ends", () => {
  assert.deepEqual([after("iteration", 7, run(2)), before("iteration", 7, run(2))], [8, 6]);
  assert.deepEqual([after("run", 7, run(2)), before("run", 7, run(2)), after("run", 0, run(0, 4, 0))], [100, 0, 1]);
  assert.equal(before("iteration", 0, run(0)), 0);
});

test("a press moves over what is left of a phase, and back to where it began", () => {
  const steps = ["forward", "forward", "loss", "backward", "backward", "update"].map((phase) => ({ phase }));
  assert.deepEqual([0, 1, 2, 3, 5, 6].map((s) => nextPhase(steps, s)), [2, 2, 3, 5, 6, 6]);
  assert.deepEqual([6, 5, 4, 3, 2, 1].map((s) => lastPhase(steps, s)), [5, 3, 3, 2, 0, 0]);
});

test("the track shows the epoch, a group of epochs, or everything", () => {
  assert.deepEqual(stretch("operation", 38, run(1)), { from: 36, to: 40 });
  assert.deepEqual(stretch("operation", 40, run(3)), { from: 36, to: 40 });
  assert.deepEqual(stretch("operation", 0, run(0)), { from: 0, to: 4 });
  assert.deepEqual(stretch("epoch", 38, run(1)), { from: 0, to: 80 });
  assert.deepEqual(stretch("epoch", 81, run(0)), { from: 80, to: 160 });
  assert.deepEqual(stretch("iteration", 40, run(0, 1)), { from: 0, to: 50 });
  assert.deepEqual(stretch("iteration", 51, run(0, 1)), { from: 50, to: 100 });
  assert.deepEqual(stretch("run", 3, run(0, 1, 7000)), { from: 0, to: 7000 });
});

test("an epoch that began out of step keeps its own ends", () => {
  // After 3 iterations of another batch size, epochs of 4 end at 7, 11, 15.
  assert.deepEqual(stretch("operation", 9, run(1)), { from: 7, to: 11 });
});

test("a change that renews the batches leaves the pass before it behind, and an epoch of its own ahead", () => {
  // After 3 iterations the batch size was changed: the fourth pass is shown, and opens an epoch of 2.
  const renewed = { ...run(0, 2, 3), phase: "start" };
  assert.deepEqual([passOf(3, renewed), passOf(3, { ...renewed, phase: "update" }), passOf(0, run(0))], [4, 3, 1]);
  assert.deepEqual([before("iteration", 3, renewed), before("epoch", 3, renewed)], [3, 3]);
  assert.deepEqual([after("iteration", 3, renewed), after("epoch", 3, renewed)], [4, 5]);
  assert.deepEqual(stretch("operation", 3, renewed), { from: 3, to: 5 });
  assert.deepEqual([askedAt({ at: 3, net: renewed }), askedAt({ at: 3, net: run(1) }), askedAt({ at: 0, net: renewed }), askedAt({ at: 3, net: null })], [-1, 3, 0, 3]);
});
