import assert from "node:assert/strict";
import { test } from "node:test";
import { place } from "../../static/stage/place.js";
import { random } from "./fixtures.js";

/** @typedef {import("../../static/stage/layout.js").Rect} Rect */

const BOUNDS = { x: 0, y: 0, w: 1200, h: 700 };
const CHIP = { w: 300, h: 80 };

/** @param {Rect} a @param {Rect} b */
const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test("the numbers stand above their edge where nothing is in the way", () => {
  const active = [{ x: 200, y: 300, w: 170, h: 140 }, { x: 600, y: 320, w: 170, h: 140 }];
  const at = place(CHIP, active, [], active, BOUNDS);
  assert(active.every((r) => !meet(at, r)));
  assert(at.y + at.h <= 320);
});

test("the numbers never leave the picture", () => {
  const next = random(3);
  for (let i = 0; i < 200; i += 1) {
    const cards = Array.from({ length: 6 }, () => ({ x: next() * 1000, y: next() * 560, w: 170, h: 140 }));
    const at = place(CHIP, cards.slice(0, 2), [], cards, BOUNDS);
    assert(at.x >= 0 && at.y >= 0 && at.x + at.w <= BOUNDS.w && at.y + at.h <= BOUNDS.h);
    assert.deepEqual([at.w, at.h], [CHIP.w, CHIP.h]);
  }
});

test("a free strip above all cards is taken rather than a card covered", () => {
  const cards = [0, 1, 2, 3].flatMap((i) => [0, 1, 2].map((j) => ({ x: 20 + 300 * i, y: 140 + 190 * j, w: 260, h: 150 })));
  for (const active of cards.slice(0, -3).map((c, i) => [c, cards[i + 3]])) {
    const at = place(CHIP, active, [], cards, BOUNDS);
    assert(cards.every((c) => !meet(at, c)), JSON.stringify(at));
  }
});

test("the same step always has its numbers in the same place", () => {
  const active = [{ x: 200, y: 300, w: 170, h: 140 }, { x: 600, y: 320, w: 170, h: 140 }];
  assert.deepEqual(place(CHIP, active, [], active, BOUNDS), place(CHIP, active, [], active, BOUNDS));
});

test("beside a large graph the numbers hide no more of it than they must", () => {
  const graph = { x: 400, y: 10, w: 400, h: 680 };
  const active = [{ x: 770, y: 650, w: 20, h: 20 }];
  const at = place(CHIP, active, [], [graph], BOUNDS, [], 14, BOUNDS.w / CHIP.w);
  assert(!meet(at, graph), JSON.stringify(at));
  const wide = place({ w: 450, h: 80 }, active, [], [graph], BOUNDS, [], 14, BOUNDS.w / 450);
  assert(wide.x <= 0 || wide.x >= BOUNDS.w - 450, JSON.stringify(wide));
  assert(!meet(wide, active[0]));
});
