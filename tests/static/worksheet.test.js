/** How a graph stands on paper: upright or across, whole or in pieces, and never too small to be filled in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, arrange, better, columnsOf, heightOf, sheetsOf, unitsFor } from "../../static/worksheet/arrange.js";
import { cut } from "../../static/worksheet/cuts.js";
import { BOX, CELL, SHEETS, UNITS } from "../../static/worksheet/paper.js";

const TOLD = { task: "Fill in the empty boxes.", program: ["q = x + y", "f = q * z"], updates: [{ name: "w", rows: 1, columns: 1 }] };
/** Cards in columns and rows, so far apart. @param {number} columns @param {number} rows */
const cards = (columns, rows) => Array.from({ length: columns * rows }, (_, i) => ({ x: 160 * (i % columns), y: 160 * Math.floor(i / columns), w: 126, h: 142 }));
const whole = (/** @type {number} */ columns, /** @type {number} */ rows) => ({ x: 0, y: 0, w: 160 * columns - 34, h: 160 * rows - 18 });
/** @param {"tall" | "wide"} turn @param {number} columns @param {number} rows */
function placed(turn, columns, rows) {
  for (const way of WAYS) {
    const found = arrange(TOLD, turn, way, cards(columns, rows), whole(columns, rows));
    if (found) return found;
  }
  throw new Error("there is no way");
}

test("a box and a cell are at least 9 mm high, and twice as wide", () => {
  assert.ok(BOX / UNITS >= 9 && CELL.h >= 9 && CELL.w >= 18);
});

test("a graph that fits below the text shares its sheet, and is never smaller than its boxes allow", () => {
  const small = placed("tall", 3, 2);
  assert.deepEqual([small.way, small.scale >= 1, sheetsOf(small), small.work], ["same", true, 1, true]);
});

test("a wide graph lies across, a high one stands upright", () => {
  assert.equal(better(placed("tall", 6, 2), placed("wide", 6, 2)).turn, "wide");
  assert.equal(better(placed("tall", 4, 4), placed("wide", 4, 4)).turn, "tall");
  assert.equal(better(placed("tall", 3, 2), placed("wide", 3, 2)).turn, "tall");
});

test("what no sheet holds is cut between cards, in pieces that a sheet holds, and none is lost", () => {
  const all = cards(20, 7);
  const found = placed("wide", 20, 7);
  const room = unitsFor(TOLD, "wide", "apart");
  assert.deepEqual([found.way, found.scale], ["apart", 1]);
  for (const { w, h } of found.pieces) assert.ok(w <= room.w && h <= room.h);
  const inside = (/** @type {typeof all[0]} */ c, /** @type {typeof all[0]} */ p) => c.x >= p.x && c.y >= p.y && c.x + c.w <= p.x + p.w && c.y + c.h <= p.y + p.h;
  for (const card of all) assert.equal(found.pieces.filter((piece) => inside(card, piece)).length, 1);
});

test("cards that overlap in a direction are not cut apart in it", () => {
  const pair = [{ x: 0, y: 0, w: 100, h: 100 }, { x: 90, y: 0, w: 100, h: 100 }, { x: 300, y: 0, w: 100, h: 100 }];
  assert.deepEqual(cut(pair, { w: 150, h: 200 }).map(({ w }) => w), [214, 124]);
});

test("new weights take as many rows as their cells need", () => {
  const one = heightOf([{ name: "w", rows: 1, columns: 1 }], SHEETS.tall.w);
  const high = heightOf([{ name: "w", rows: 4, columns: 2 }], SHEETS.tall.w);
  const many = heightOf(Array(9).fill({ name: "w", rows: 1, columns: 1 }), SHEETS.tall.w);
  assert.equal(heightOf([], 190), 0);
  assert.ok(Math.abs(high - one - 3 * CELL.h) < 1e-9 && many > one + CELL.h);
});

test("a program stands in as many columns as keep its lines whole", () => {
  assert.equal(columnsOf(["a = b", "c = d", "e = f"], "tall"), 3);
  assert.equal(columnsOf(["a".repeat(60), "b"], "tall"), 1);
  assert.equal(columnsOf(["a".repeat(50), "b"], "wide"), 2);
});
