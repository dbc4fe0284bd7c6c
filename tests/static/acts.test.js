import assert from "node:assert/strict";
import { test } from "node:test";
import { actsOf, opening } from "../../static/acts.js";

const steps = ["forward", "forward", "loss", "backward", "backward", "backward", "update"].map((phase) => ({ phase }));

test("a pass has an act for each phase, and every step is in one", () => {
  assert.deepEqual(actsOf(steps), [
    { phase: "forward", from: 0, to: 2 }, { phase: "loss", from: 2, to: 3 }, { phase: "backward", from: 3, to: 6 }, { phase: "update", from: 6, to: 7 },
  ]);
  assert.deepEqual(actsOf([]), []);
});

test("an act opens with its first step, and in beats with the question of it", () => {
  const act = actsOf(steps)[2];
  assert.deepEqual([opening(act, false), opening(act, true)], [{ step: 4, beat: 0 }, { step: 3, beat: 1 }]);
});
