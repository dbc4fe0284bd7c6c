import assert from "node:assert/strict";
import { test } from "node:test";
import { address, readable } from "../../static/docs/request.js";

/** @param {string} name @param {string} place @param {string} value */
const field = (name, place, value) => ({ name, place, value });

test("the fields of a form fill the path and the query", () => {
  const path = "/api/v1/networks/{id}/parameters/{name}";
  assert.equal(address(path, [field("id", "path", "a/b c"), field("name", "path", "W1")]), "/api/v1/networks/a%2Fb%20c/parameters/W1");
  assert.equal(address("/graph", [field("detail", "query", "a&b"), field("rows", "query", "")]), "/graph?detail=a%26b");
});

test("JSON gets line breaks, and what is no JSON stays", () => {
  assert.equal(readable('{"a":[1]}'), '{\n  "a": [\n    1\n  ]\n}');
  assert.equal(readable("data: 1\n\n"), "data: 1\n\n");
});
