import assert from "node:assert/strict";
import { test } from "node:test";
import { averaged, cut, followed, heldOut, marked, momentAt, nearest, scales, trained } from "../../static/network/curve.js";
import { PLACES, placeOf, rateAt } from "../../static/network/knobs.js";
import { AT_REST, merged } from "../../static/network/steer.js";

const SERIES = /** @type {any} */ ({
  iterations: [1, 2, 3], loss: [4, "Infinity", 2], metrics: { held_out_loss: [null, 5, null], learning_rate: [0.1, 0.1, 0.2] },
  gradient_norm: { layer1: [1, 2, 3] }, dead_units: {}, saturated_units: { layer1: [0, 0.5, 1] }, total: 3, changes: [],
});
const live = [3, 4, 6].map((iteration) => ({ iteration, loss: 10 - iteration, metrics: iteration === 4 ? { held_out_loss: 7 } : {} }));

test("what has just arrived goes on behind what is kept, without what is no number", () => {
  assert.deepEqual(trained(SERIES, live), [{ x: 1, y: 4 }, { x: 3, y: 2 }, { x: 4, y: 6 }, { x: 6, y: 4 }]);
  assert.deepEqual(heldOut(SERIES, live), [{ x: 2, y: 5 }, { x: 4, y: 7 }]);
});

test("a moment is the last one that was measured up to an iteration", () => {
  assert.deepEqual(momentAt(SERIES, live, 2)?.saturated_units, { layer1: 0.5 });
  assert.equal(momentAt(SERIES, live, 5)?.iteration, 4);
  assert.equal(momentAt(SERIES, [], 9)?.metrics?.learning_rate, 0.2);
  assert.equal(momentAt(SERIES, [], 0), null);
  assert.equal(momentAt(null, live, 6)?.loss, 4);
});

test("what came after an iteration is gone once training goes on from there", () => {
  const short = cut({ ...SERIES, changes: [{ iteration: 2, changed: {} }, { iteration: 3, changed: {} }] }, 2);
  assert.deepEqual([short?.iterations, short?.gradient_norm, short?.changes], [[1, 2], { layer1: [1, 2] }, [{ iteration: 2, changed: {} }]]);
  assert.deepEqual(marked(short, 2, { batch_size: 1 })?.changes, [{ iteration: 2, changed: { batch_size: 1 } }]);
  assert.equal(cut(null, 3), null);
});

test("the running mean is over the batches of one epoch", () => {
  const mean = averaged([1, 3, 5, 1].map((y, i) => ({ x: i + 1, y })), 2);
  assert.deepEqual(mean.map((p) => p.y), [1, 2, 4, 3]);
  assert.deepEqual(averaged([{ x: 1, y: 4 }, { x: 100, y: 2 }], 5).map((p) => p.y), [4, 2]);
});

test("a long training keeps its ends and every other moment", () => {
  let all = /** @type {any[]} */ ([]);
  for (let iteration = 1; iteration <= 2001; iteration += 1) all = followed(all, { iteration, loss: 1 });
  assert.deepEqual([all.length, all[0].iteration, all.at(-1).iteration], [1001, 1, 2001]);
});

test("a place in the chart is the iteration that it was drawn for", () => {
  const all = [{ x: 1, y: 8 }, { x: 101, y: 0.5 }];
  const size = { w: 340, h: 150, left: 46, bottom: 20, top: 8 };
  for (const log of [true, false]) {
    const view = scales(all, log, size);
    assert.equal(Math.round(view.back(view.x(40))), 40);
    assert.equal(view.y(8), size.top);
  }
  assert.equal(scales(all, true, size).y(0.5), size.h - size.bottom);
  assert.equal(nearest([{ x: 1, y: 0 }, { x: 7, y: 0 }], 5), 7);
});

test("the learning rate's slider goes from 0.00001 to 1000 in round numbers", () => {
  assert.deepEqual([rateAt(0), rateAt(PLACES), rateAt(placeOf(0.5)), rateAt(placeOf(0.1)), rateAt(placeOf(1000))], [0.00001, 1000, 0.5, 0.1, 1000]);
  assert.deepEqual([placeOf(0), placeOf(1e9)], [0, PLACES]);
});

test("wishes for settings add up", () => {
  const wanted = merged(merged(AT_REST.wanted, { optimizer: { learning_rate: 1 } }), { optimizer: { momentum: 0.5 }, batch_size: 2 });
  assert.deepEqual(wanted, { optimizer: { learning_rate: 1, momentum: 0.5 }, batch_size: 2 });
  assert.deepEqual(merged(wanted, { batch_size: 3 }).optimizer, { learning_rate: 1, momentum: 0.5 });
});
