import assert from "node:assert/strict";
import { test } from "node:test";
import { levelOf, marksOf, scaleOf, share } from "../../static/stage/level.js";
import { METRICS } from "../../static/stage/metrics.js";
import { graphs } from "./fixtures.js";

const SCALE = { value: 10, gradient: 2 };
const CARD = { w: 200, h: 100 };

test("numbers give way to colours and colours to bars as a card becomes smaller, in every look", () => {
  for (const m of Object.values(METRICS)) {
    const levels = [1.4, m.minZoom, 0.2, 0.05, 0.01].map((zoom) => levelOf(zoom, m));
    assert.deepEqual(levels, ["numbers", "numbers", "colours", "bars", "bars"]);
  }
});

test("a value is drawn as its share of the scale, and no further", () => {
  assert.deepEqual([5, -5, 25, -1e9, 0].map((x) => share(x, 10)), [0.5, -0.5, 1, -1, 0]);
  assert.deepEqual(["Infinity", "-Infinity", "NaN"].map((x) => share(x, 10)), [1, -1, 1]);
  assert.equal(share([[1, -4], [2, 0]], 8), 0.5);
});

test("the scale leaves a few outliers beyond it", () => {
  const node = graphs.lecture.nodes[0];
  const nodes = Array.from({ length: 100 }, (_, i) => ({ ...node, id: `n${i}`, value: i < 97 ? i / 100 : 1e6, grad: null }));
  const scale = scaleOf({ ...graphs.lecture, nodes });
  assert(scale.value > 0.9 && scale.value < 1);
  assert.equal(scale.gradient, 0);
});

test("the value's bar stands above the gradient's, to the right for what is positive", () => {
  const { tiles, bars } = marksOf({ value: 10, gradient: -1 }, true, CARD, SCALE, "bars");
  assert.deepEqual(tiles, []);
  assert.deepEqual(bars.map((b) => [b.tone, b.x, b.w]), [["value", 100, 100], ["gradient", 50, 50]]);
  assert(bars[0].y + bars[0].h <= 50 && bars[1].y >= 50);
});

test("what is not known yet has no bar and no colour", () => {
  const { tiles, bars } = marksOf({ value: 3, gradient: null }, true, CARD, SCALE, "colours");
  assert.deepEqual(tiles.map((t) => t.shade), ["p2", "empty"]);
  assert.deepEqual(bars.map((b) => b.tone), ["value"]);
});
