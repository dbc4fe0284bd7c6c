import assert from "node:assert/strict";
import { test } from "node:test";
import { centred, fit, frameBox, narrowed, zoomAt, sight } from "../../static/stage/camera.js";

const LIMITS = { minZoom: 0.5, maxZoom: 1.5, margin: 20 };
const STAGE = { w: 1000, h: 600 };

/** @param {number} a @param {number} b */
const near = (a, b) => assert(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test("the whole picture fits in the middle of the stage", () => {
  const world = { x: -50, y: -100, w: 1600, h: 700 };
  const view = fit(world, STAGE, LIMITS);
  assert(view.fits);
  near(world.x * view.k + view.x, STAGE.w - ((world.x + world.w) * view.k + view.x));
  near(world.y * view.k + view.y, STAGE.h - ((world.y + world.h) * view.k + view.y));
  assert(world.x * view.k + view.x >= LIMITS.margin - 1e-6);
  assert(world.y * view.k + view.y >= LIMITS.margin - 1e-6);
});

test("a small picture is not blown up beyond the largest zoom", () => {
  assert.equal(fit({ x: 0, y: 0, w: 100, h: 50 }, STAGE, LIMITS).k, LIMITS.maxZoom);
});

test("a picture that would be too small to read does not fit", () => {
  const view = fit({ x: 0, y: 0, w: 9000, h: 300 }, STAGE, LIMITS);
  assert.deepEqual([view.fits, view.k], [false, LIMITS.minZoom]);
});

test("zooming keeps the point under the pointer", () => {
  const before = { x: 30, y: -10, k: 0.8 };
  const after = zoomAt(before, 1.7, 400, 250);
  near((400 - before.x) / before.k, (400 - after.x) / after.k);
  near((250 - before.y) / before.k, (250 - after.y) / after.k);
  assert.equal(zoomAt(before, 1e9, 0, 0).k, 4);
  assert.equal(zoomAt(before, 1e-9, 0, 0).k, 0.01);
});

test("a followed box is in view, and no emptiness beyond the picture", () => {
  const world = { x: 0, y: 0, w: 4000, h: 500 };
  for (const x of [0, 900, 2000, 3700]) {
    const box = { x, y: 100, w: 300, h: 200 };
    const view = frameBox(box, world, STAGE, 1, 20);
    assert(view.x + box.x >= 20 - 1e-6 && view.x + box.x + box.w <= STAGE.w - 20 + 1e-6);
    assert(view.x <= 20 + 1e-6 && view.x + world.w >= STAGE.w - 20 - 1e-6);
    near(view.y + world.h / 2, STAGE.h / 2);
  }
});

test("a card that is wider than the stage is drawn smaller, but not too small to be read", () => {
  const card = (/** @type {number} */ w) => ({ x: 0, y: 0, w, h: 50 });
  assert.equal(narrowed([card(300), card(100)], { w: 390 }, 1.2, 15), 1.2);
  near(narrowed([card(400), card(100)], { w: 390 }, 1.2, 15), 0.9);
  near(narrowed([card(4000)], { w: 390 }, 1.2, 15), 0.72);
  assert.equal(narrowed([], { w: 390 }, 1.2, 15), 1.2);
});

test("a centred box has its middle in the stage's middle", () => {
  const view = centred({ x: 10, y: 20, w: 100, h: 60 }, STAGE, 2);
  near(60 * 2 + view.x, 500);
  near(50 * 2 + view.y, 300);
});

test("what is in sight is what the camera shows, and as much more as is asked for", () => {
  assert.deepEqual(sight({ x: 10, y: -20, k: 2 }, { w: 100, h: 60 }), { x: -5, y: 10, w: 50, h: 30 });
  assert.deepEqual(sight({ x: 0, y: 0, k: 1 }, { w: 100, h: 60 }, 0.5), { x: -50, y: -30, w: 200, h: 120 });
});
