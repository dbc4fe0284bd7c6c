import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import temml from "../../static/vendor/temml/temml.mjs";

/** @param {string} path */
const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
/** @type {Record<string, string[]>} */
const table = Object.fromEntries(Object.entries(read("app/lessons/commands.json")).map(([kind, words]) => [kind, words.split(" ")]));
const { good, bad } = read("tests/data/mathematics.json");

/** Whether the page typesets it without an error. @param {string} latex */
function set(latex) {
  try {
    /** @type {any} */ (temml).renderToString(latex, { throwOnError: true, maxExpand: 200, displayMode: true });
    return true;
  } catch {
    return false;
  }
}

test("what the check of lessons accepts is typeset, and what it refuses is not", () => {
  assert.deepEqual(good.filter((/** @type {string} */ latex) => !set(latex)), []);
  assert.deepEqual(bad.filter(set), []);
});

test("every command that lessons know is typeset", () => {
  const written = [
    ...table[0].map((name) => `${/limits$/.test(name) ? "\\sum" : ""}\\${name} x`),
    ...table[1].map((name) => `\\${name}{x}`),
    ...table[2].map((name) => `\\${name}{x}{y}`),
    ...table.sizes.map((name) => `\\${name}( x`),
    ...table.delimiters.map((sign) => `\\left${/^[a-zA-Z{}]/.test(sign) ? "\\" : ""}${sign} x \\right.`),
    ...table.environments.map((name) => `\\begin{${name}}${name === "array" ? "{c}" : ""} a \\end{${name}}`),
  ];
  assert.deepEqual(written.filter((latex) => !set(latex)), []);
});
