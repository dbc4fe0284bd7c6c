import assert from "node:assert/strict";
import { test } from "node:test";
import { DRAWN, mayBeLarge } from "../../static/stage/large.js";

const numbers = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => i);
const asked = (/** @type {string} */ program, /** @type {any} */ values, detail = "scalar", network = "") => mayBeLarge({ program, values, detail, network });

test("a program taken apart may have a large graph by its lines and the numbers of its largest array", () => {
  const lines = Array.from({ length: 20 }, (_, i) => `a${i} = x * w`).join("; ");
  assert.equal(asked(lines, { x: numbers(DRAWN / 20), w: 1 }), false);
  assert.equal(asked(lines, { x: numbers(DRAWN / 20 + 1), w: 1 }), true);
  assert.equal(asked(lines, { x: [numbers(15), numbers(15)] }), true);
  assert.equal(asked(lines.replaceAll(";", "\n"), { x: numbers(30) }), true);
  assert.equal(asked(lines, { x: numbers(9999) }, "tensor"), false);
});

test("a long program, and a network taken apart, may have one whatever their values", () => {
  assert.equal(asked("a = x * w; ".repeat(200), {}, "tensor"), true);
  assert.equal(asked("", {}, "scalar", "n1"), true);
  assert.equal(asked("", {}, "tensor", "n1"), false);
});
