import assert from "node:assert/strict";
import { test } from "node:test";
import { hurried, tempo } from "../../static/tempo.js";

/** @param {number} steps @param {object} [more] @returns {any} */
const playing = (steps, more = {}) => ({ graph: { steps: { length: steps } }, speed: 1, playing: true, level: "operation", network: "", ...more });

test("a short pass is played step by step, a long one in a minute", () => {
  assert.equal(tempo(playing(10)), 1 / 1.3);
  assert.equal(tempo(playing(78)), 1.3);
  assert.equal(tempo(playing(30000)), 500);
  assert.equal(tempo(playing(10, { speed: 4 })), 4 / 1.3);
});

test("only what goes by too fast to be read is hurried, and only while it plays", () => {
  assert.equal(hurried(playing(100)), false);
  assert.equal(hurried(playing(3000)), true);
  assert.equal(hurried(playing(3000, { playing: false })), false);
  assert.equal(hurried(playing(3000, { network: "n", level: "epoch" })), false);
});
