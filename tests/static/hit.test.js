import assert from "node:assert/strict";
import { test } from "node:test";
import { wayOf } from "../../static/stage/cursor.js";
import { beside, hit } from "../../static/stage/hit.js";

const RECTS = { a: { x: 0, y: 0, w: 100, h: 50 }, b: { x: 10, y: 100, w: 80, h: 50 }, c: { x: 200, y: 40, w: 100, h: 50 }, d: { x: 0, y: 200, w: 100, h: 50 } };
/** @type {any} */
const SCENE = { placed: { nodes: new Map(Object.entries(RECTS)) }, routes: [{ source: "a", target: "c" }, { source: "b", target: "c" }] };
const VIEW = { x: 20, y: 10, k: 2 };

test("a point of the screen is on the card that is drawn there", () => {
  assert.equal(hit(SCENE, VIEW, 20 + 2 * 50, 10 + 2 * 25), "a");
  assert.equal(hit(SCENE, VIEW, 20 + 2 * 250, 10 + 2 * 60), "c");
  assert.equal(hit(SCENE, VIEW, 20 + 2 * 150, 10 + 2 * 25), "");
});

test("next to a card is as good, a few pixels wide at any zoom", () => {
  const far = { x: 0, y: 0, k: 0.01 };
  assert.equal(hit(SCENE, far, 2, 3.5), "d");
  assert.equal(hit(SCENE, VIEW, 20 + 2 * 100 + 5, 60), "a");
  assert.equal(hit(SCENE, VIEW, 20 + 2 * 100 + 7, 60), "");
});

test("up and down lead through a column, Shift along the edges", () => {
  assert.deepEqual([beside(SCENE, "a", "down"), beside(SCENE, "b", "down"), beside(SCENE, "d", "up"), beside(SCENE, "a", "up")], ["b", "d", "b", ""]);
  assert.deepEqual([beside(SCENE, "c", "argument"), beside(SCENE, "b", "use"), beside(SCENE, "c", "use"), beside(SCENE, "c", "down")], ["a", "c", "", ""]);
});

test("arrows alone still step through the pass", () => {
  const press = (/** @type {string} */ key, held = {}) => wayOf(/** @type {any} */ ({ key, ...held }));
  assert.deepEqual([press("ArrowLeft"), press("ArrowRight"), press("PageDown"), press("ArrowUp", { ctrlKey: true })], [null, null, null, null]);
  assert.deepEqual([press("ArrowUp"), press("ArrowDown"), press("ArrowLeft", { shiftKey: true }), press("ArrowRight", { shiftKey: true })], ["up", "down", "argument", "use"]);
});
