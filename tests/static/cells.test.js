import assert from "node:assert/strict";
import { test } from "node:test";
import { asRows } from "../../static/stage/cells.js";
import { gridShape } from "../../static/stage/describe.js";

test("a stack of one matrix counts as that matrix, and one of several has no rows", () => {
  assert.deepEqual(asRows([[[[1, 2], [3, 4]]]]), [[1, 2], [3, 4]]);
  assert.deepEqual(gridShape([1, 1, 2, 3]), [2, 3]);
  assert.deepEqual(gridShape([1, 2, 2, 3]), [0, 0]);
  assert.deepEqual(gridShape([2, 1, 3]), [0, 0]);
});

test("a list is one row, a number one cell, and a row of one number stays a matrix", () => {
  assert.deepEqual([asRows([1, 2]), asRows(3), asRows([[3]])], [[[1, 2]], [[3]], [[3]]]);
  assert.deepEqual([gridShape([]), gridShape([4]), gridShape([1, 4])], [[1, 1], [1, 4], [1, 4]]);
});
