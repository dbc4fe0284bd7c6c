import assert from "node:assert/strict";
import { test } from "node:test";
import { retold } from "../../static/i18n.js";

const EN = { bad: "“{text}” is no number; give {n}.", none: "Give at least one value.", any: "{a} {b}", long: "Give at least one value. It was {n}." };
const PT = { bad: "Dê {n}; “{text}” não é um número.", none: "Informe pelo menos um valor.", any: "{b} {a}", long: "Informe pelo menos um valor. Era {n}." };

test("a sentence of the page is said in the other language, with what stood in it", () => {
  assert.equal(retold("Give at least one value.", EN, PT), "Informe pelo menos um valor.");
  assert.equal(retold("“f(x) + 1” is no number; give 3.", EN, PT), "Dê 3; “f(x) + 1” não é um número.");
});

test("of two messages that fit the one with more words of its own is meant", () =>
  assert.equal(retold("Give at least one value. It was 5.", { ...EN, close: "Give at least {all}" }, { ...PT, close: "?" }), "Informe pelo menos um valor. Era 5."));

test("what no message says, or one that is all holes, is not guessed", () => {
  assert.equal(retold("The server is on fire.", EN, PT), "");
  assert.equal(retold("", EN, PT), "");
  assert.equal(retold("Give at least one value.", EN, {}), "");
});
