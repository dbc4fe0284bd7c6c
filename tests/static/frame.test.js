import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, frameOf, redrawn, shaped } from "../../static/network/frame.js";

/** A frame as the server writes it. @param {number[]} values @param {number[]} grads @param {number[]} news @param {number} size */
function written(values, grads, news, size) {
  const all = [...values, ...grads, ...news];
  const head = new DataView(new ArrayBuffer(48 + all.length * size));
  [..."GWF1"].forEach((c, i) => head.setUint8(i, c.charCodeAt(0)));
  head.setUint8(5, size);
  [values, grads, news].forEach((part, i) => head.setUint32(8 + 4 * i, part.length, true));
  head.setBigUint64(24, 7n, true);
  head.setFloat64(32, 0.25, true);
  [0x01, 0xab, 0, 0, 0, 0, 0, 0xff].forEach((b, i) => head.setUint8(40 + i, b));
  all.forEach((x, i) => (size === 8 ? head.setFloat64(48 + 8 * i, x, true) : head.setFloat32(48 + 4 * i, x, true)));
  return head.buffer;
}
/** What is thrown. @param {() => unknown} deed */
function said(deed) {
  try {
    return String(deed());
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}
const TAG = "01ab0000000000ff";

for (const size of [4, 8]) {
  test(`a frame of ${size} bytes a number is read column by column`, () => {
    const frame = frameOf(written([1, 2, 3], [0.5, -0.5], [4], size));
    assert.deepEqual([frame.iteration, frame.loss, frame.tag], [7, 0.25, TAG]);
    assert.deepEqual([[...frame.values], [...frame.grads], [...frame.news]], [[1, 2, 3], [0.5, -0.5], [4]]);
  });
}

test("what is no frame is refused", () => {
  assert.equal(said(() => frameOf(new ArrayBuffer(48))), "these bytes are no frame");
});

test("base64 becomes the bytes it stands for", () => {
  const bytes = written([1], [], [], 8);
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  assert.deepEqual(new Uint8Array(bytesOf(text)), new Uint8Array(bytes));
});

test("numbers take the shape of their node, and words where they are not finite", () => {
  const column = new Float64Array([9, 1, 2, 3, Infinity, NaN, -Infinity]);
  assert.deepEqual(shaped(column, 1, [2, 3]), [[1, 2, 3], ["Infinity", "NaN", "-Infinity"]]);
  assert.equal(shaped(column, 0, []), 9);
});

const node = (/** @type {string} */ id, /** @type {number[]} */ shape, /** @type {any} */ value, /** @type {any} */ grad) => ({ id, shape, value, grad });
const GRAPH = /** @type {any} */ ({
  output: "L", value: 0, nodes: [node("W", [2], [0, 0], [0, 0]), node("x", [1], [0], null), node("big", [2000], null, null), node("L", [], 0, 1)],
  edges: [{ source: "W", target: "L", slot: 0, local: [1, 1], contribution: [1, 1] }], steps: [],
  updates: [{ parameter: "W", old: [0, 0], gradient: [0, 0], change: [0, 0], new: [0, 0], terms: [{ name: "p" }] }],
});
const TOPOLOGY = { tag: TAG, offsets: { W: { value: 0, grad: 0, new: 0 }, x: { value: 2 }, L: { value: 3, grad: 2 } } };

test("a graph takes the numbers of another pass and keeps what a frame does not carry", () => {
  const next = redrawn(GRAPH, TOPOLOGY, frameOf(written([1, 2, 3, 4], [5, 6, 1], [7, 8], 8)));
  assert.deepEqual(next?.nodes.map((n) => [n.value, n.grad]), [[[1, 2], [5, 6]], [[3], null], [null, null], [4, 1]]);
  assert.deepEqual([next?.value, next?.edges[0].contribution, next?.steps], [4, null, []]);
  assert.deepEqual(next?.updates[0], { parameter: "W", old: [1, 2], gradient: [5, 6], change: [0, 0], new: [7, 8], terms: [] });
});

test("large arrays are marked as passing by, small ones are not", () => {
  const wide = { ...GRAPH, nodes: [node("W", [2], [0, 0], [0, 0]), node("a", [4, 10], [[0]], null), node("L", [], 0, 1)], edges: [], updates: [] };
  const topology = { tag: TAG, offsets: { W: { value: 0, grad: 0 }, a: { value: 2 }, L: { value: 42, grad: 2 } } };
  const next = redrawn(wide, topology, frameOf(written(Array(43).fill(1), [5, 6, 1], [], 4)));
  assert.deepEqual(next?.nodes.map((n) => n.passing), [false, true, false]);
});

test("a frame of another graph changes nothing", () => {
  assert.equal(redrawn(GRAPH, { ...TOPOLOGY, tag: "00" }, frameOf(written([1, 2, 3, 4], [5, 6, 1], [7, 8], 8))), null);
});
