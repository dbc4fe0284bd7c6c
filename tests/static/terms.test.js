import assert from "node:assert/strict";
import { test } from "node:test";
import { at, broken, places, written } from "../../static/network/terms.js";

test("every element of a matrix has a place, a number has one without a name", () => {
  assert.deepEqual(places([[1, 2], [3, 4]]), ["0,0", "0,1", "1,0", "1,1"]);
  assert.deepEqual(places(5), [""]);
  assert.equal(at([[1, 2], [3, 4]], "1,0"), 3);
  assert.equal(at(0.9, "1,0"), 0.9);
  assert.equal(at(7, ""), 7);
  assert.equal(at([1], "4"), null);
});

test("a negative number gets parentheses where the template asks for them", () => {
  const look = (/** @type {string} */ name) => (name === "g" ? "-2" : "3");
  assert.equal(written("«rate» \\cdot «g»", look), "3 \\cdot (-2)");
  assert.equal(written("«g!» + «g+»", look), "-2 + (-2)");
});

test("a sum breaks before its signs, and not inside of brackets", () => {
  assert.deepEqual(broken("0.9 \\cdot 1 + (1 - 0.9) \\cdot 2"), ["0.9 \\cdot 1 ", "{} + (1 - 0.9) \\cdot 2"]);
  assert.deepEqual(broken("\\frac{a + b}{c} - d"), ["\\frac{a + b}{c} ", "{} - d"]);
});
