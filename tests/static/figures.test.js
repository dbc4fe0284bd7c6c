import assert from "node:assert/strict";
import { test } from "node:test";
import { colourOf } from "../../static/figures/colours.js";
import { covers } from "../../static/figures/fonts.js";
import { coloured } from "../../static/figures/coloured.js";
import { path } from "../../static/figures/paths.js";
import { positions } from "../../static/figures/positions.js";
import { texted } from "../../static/figures/texted.js";

test("signs of the drawing become LaTeX", () => {
  assert.equal(texted("σ(0,1888) ≈ 0,5471", "text"), "\\mathrm{\\sigma (0{,}1888)\\ \\approx \\ 0{,}5471}");
  assert.equal(texted("−0.5", "bold"), "\\mathbf{-0.5}");
  assert.equal(texted("y\u0302", "math"), "\\hat{y}");
  assert.equal(texted("w⁽¹²⁾", "math"), "w^{(12)}");
  assert.equal(texted("x₁₀", "math"), "x_{10}");
  assert.equal(texted("a_b & 50% {$#", "text"), "\\mathrm{a\\_b\\ \\&\\ 50\\%\\ \\{\\$\\#}");
});

test("classes of the page become colours, and what is not known stays a question mark", () => {
  assert.equal(coloured("\\class{bwd}{\\frac{1}{2}} \\cdot \\class{hole}{\\mathord{?}}"), "{\\color{bwd}\\frac{1}{2}} \\cdot {\\mathord{?}}");
  assert.equal(coloured("\\class{loc}{a\\{\\class{fwd}{b}\\}}c"), "{\\color{loc}a\\{{\\color{fwd}b}\\}}c");
});

test("paths of lines and curves become those of TikZ", () => {
  assert.equal(path("M0 1C2 3 4 5 6 7"), "(0,1) .. controls (2,3) and (4,5) .. (6,7)");
  assert.equal(path("M0 0L1 -2.5Z"), "(0,0) -- (1,-2.5) -- cycle");
});

test("colours that a browser computes are known, and what is not painted is none", () => {
  assert.equal(colourOf("rgb(0, 90, 156)")?.tikz, "rgb,255:red,0;green,90;blue,156");
  assert.deepEqual(colourOf("color(srgb 1 0.5 0 / 0.25)"), { tikz: "rgb,255:red,255;green,128;blue,0", alpha: 0.25 });
  assert.deepEqual([colourOf("none"), colourOf("rgba(0, 0, 0, 0)")], [null, null]);
});

test("a font goes along if it has signs of the text", () => {
  assert.equal(covers("U+0-24F, U+2000-22FF", "−"), true);
  assert.equal(covers("U+370-3FF", "abc"), false);
  assert.equal(covers("U+370-3FF", "a σ"), true);
  assert.deepEqual([covers("", "x"), covers("", "")], [true, false]);
});

test("a pass has a picture before its first step, and one for every step or beat", () => {
  const graph = /** @type {any} */ ({ steps: [{ phase: "forward" }, { phase: "backward" }, { phase: "backward", source: "x" }, { phase: "update" }] });
  assert.equal(positions(graph, false).length, 5);
  assert.deepEqual(positions(graph, true).slice(-6), [
    { step: 2, beat: 0 }, { step: 2, beat: 1 }, { step: 2, beat: 2 }, { step: 3, beat: 0 }, { step: 3, beat: 1 }, { step: 4, beat: 0 },
  ]);
});
