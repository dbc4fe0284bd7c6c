import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import temml from "../../static/vendor/temml/temml.mjs";

const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
const table = Object.fromEntries(Object.entries(read("app/lessons/commands.json")).map(([kind, words]) => [kind, words.split(" ")]));
const { good, bad } = read("tests/data/mathematics.json");
const set = (latex) => temml.renderToString(latex, { throwOnError: true, maxExpand: 200, displayMode: true });

test("what the check of lessons accepts is typeset, and what it refuses is not", () => {
  for (const latex of good) assert.doesNotThrow(() => set(latex), latex);
  for (const latex of bad) assert.throws(() => set(latex), latex);
});

test("every command that lessons know is typeset", () => {
  const limits = (name) => (/limits$/.test(name) ? "\\sum" : "");
  const columns = (name) => (name === "array" ? "{c}" : "");
  for (const name of table[0]) assert.doesNotThrow(() => set(`${limits(name)}\\${name} x`), name);
  for (const name of table[1]) assert.doesNotThrow(() => set(`\\${name}{x}`), name);
  for (const name of table[2]) assert.doesNotThrow(() => set(`\\${name}{x}{y}`), name);
  for (const name of table.sizes) assert.doesNotThrow(() => set(`\\${name}( x`), name);
  for (const sign of table.delimiters) assert.doesNotThrow(() => set(`\\left${/^[a-zA-Z{}]/.test(sign) ? "\\" : ""}${sign} x \\right.`), sign);
  for (const name of table.environments) assert.doesNotThrow(() => set(`\\begin{${name}}${columns(name)} a \\end{${name}}`), name);
});
