import assert from "node:assert/strict";
import { test } from "node:test";
import { plain, runs } from "../../static/names.js";

/** @type {[string, string][]} */
const NAMES = [
  ["x", "x"], ["X_1", "X₁"], ["w^{(1)}", "w⁽¹⁾"], ["s^{(2)}", "s⁽²⁾"], ["W^{(1)}", "W⁽¹⁾"],
  ["\\mathrm{Loss}", "Loss"], ["\\hat{y}", "y\u0302"], ["\\dot{x}", "x\u0307"], ["\\tilde{x}", "x\u0303"], ["\\ell", "ℓ"], ["\\alpha", "α"], ["x_{10}", "x₁₀"],
  ["A^{\\top}", "Aᵀ"], ["\\sigma(s)", "σ(s)"], ["\\tfrac{1}{2}", "½"], ["a - b", "a − b"],
  ["x_{max}", "x_max"], ["w^{(1)}_{1,2}", "w⁽¹⁾₁,₂"],
];

for (const [latex, text] of NAMES) {
  test(`${latex} reads ${text}`, () => assert.equal(plain(latex), text));
}

test("what is raised and lowered stands in runs of its own", () => {
  assert.deepEqual(runs("w^{(1)}"), [
    { text: "w", shift: "", upright: false },
    { text: "(1)", shift: "sup", upright: true },
  ]);
  assert.deepEqual(runs("X_1").map((r) => [r.text, r.shift]), [["X", ""], ["1", "sub"]]);
});

test("variables slant, digits and words do not", () => {
  assert.deepEqual(runs("\\mathrm{Loss}"), [{ text: "Loss", shift: "", upright: true }]);
  assert.deepEqual(runs("2x").map((r) => [r.text, r.upright]), [["2", true], ["x", false]]);
});

test("no name, however broken, hangs or throws", () => {
  for (const bad of ["", "{", "}", "^", "_", "\\", "\\frac", "\\frac{1", "a^{b^{c", "{{{{", "\\hat", "x^^2", "\\mathrm"]) {
    assert.equal(typeof plain(bad), "string");
  }
});
