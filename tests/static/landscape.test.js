import assert from "node:assert/strict";
import { test } from "node:test";
import { rings } from "../../static/landscape/contours.js";
import { inSight } from "../../static/landscape/keys.js";
import { firstPair, names, parametersOf, read, written } from "../../static/landscape/elements.js";
import { COLOURS, colourOf, heights, scaleOf } from "../../static/landscape/levels.js";
import { downhill, drawn, places, ticks, ways } from "../../static/landscape/plot.js";
import { nearest, placeOf, query, zoomed } from "../../static/landscape/wish.js";

const AXIS = [-2, -1, 0, 1, 2];
/** A bowl around (0.5, 0), seen from (−1, −1). @param {any} more @returns {import("../../static/landscape/wish.js").Answer} */
const bowl = (more = {}) => ({
  a: { name: "w", latex: "w", values: AXIS }, b: { name: "v", latex: "v", values: AXIS }, center: [0, 0], radius: 2, lowest: 0.25, highest: 10.25, rows: 4, version: 1,
  losses: AXIS.map((y) => AXIS.map((x) => (x - 0.5) ** 2 + y ** 2)),
  current: { iteration: 2, a: -1, b: -1, loss: 3.25, gradient: [-3, -2] }, path: { iterations: [0, 1, 2, 3], a: [-2, -1.5, -1, -0.5], b: [-2, -1.5, -1, -0.5], complete: true }, ...more,
});
/** Twice the area inside of a ring, by its sign to the left or to the right of the way. @param {[number, number][]} ring */
const area = (ring) => ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0) / 2;
const inside = (/** @type {number[][]} */ grid, /** @type {number} */ level) => Math.abs(rings(grid, level).map(area).reduce((a, b) => a + b, 0));

test("a line of equal height lies where the height is, between the points of the grid", () => {
  const slope = Array.from({ length: 4 }, () => [0, 1, 2, 3]);
  const [ring] = rings(slope, 1.25);
  assert(ring.some(([x]) => Math.abs(x - 1.25) < 1e-12));
  assert(ring.every(([x]) => x >= 1.25 - 1e-12 && x <= 3));
  assert(Math.abs(inside(slope, 1.25) - 1.75 * 3) < 1e-9, "what is higher, up to the border");
});

test("every line closes, around a hill, a hole, a saddle and the border", () => {
  const hill = [[0, 0, 0, 0], [0, 2, 2, 0], [0, 2, 2, 0], [0, 0, 0, 0]];
  const [ring, ...others] = rings(hill, 1);
  assert.equal(others.length, 0);
  assert(Math.abs(Math.abs(area(ring)) - (4 - 4 * 0.125)) < 1e-9);
  const hole = hill.map((r) => r.map((v) => 2 - v));
  assert.equal(rings(hole, 1).length, 2);
  assert(Math.abs(inside(hole, 1) - (9 - (4 - 4 * 0.125))) < 1e-9);
  const saddle = [[2, 0], [0, 2]];
  assert(rings(saddle, 1).every((r) => r.length > 2));
  assert.equal(inside([[5, 5], [5, 5]], 1), 1);
  assert.deepEqual(rings([[0, 0], [0, 0]], 1), []);
});

test("as many points lie inside as are high, on any grid", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const grid = Array.from({ length: 20 }, () => Array.from({ length: 20 }, random));
  for (const level of [0.1, 0.5, 0.9]) {
    const share = inside(grid, level) / 19 ** 2;
    assert(Math.abs(share - (1 - level)) < 0.12, `${level}: ${share}`);
  }
});

test("levels are round, few, and inside of what there is", () => {
  for (const [lowest, highest] of [[0, 1], [0.009, 0.33], [1e-9, 1e3], [2, 2.001], [1e-300, 1e300], [5, 5], [0, 1e6]]) {
    for (const log of [null, true, false]) {
      const { levels } = scaleOf({ lowest, highest }, log);
      assert(levels.length < COLOURS, `${lowest}…${highest}: ${levels.length}`);
      assert(levels.every((v, i) => v > lowest && v <= highest && (!i || v > levels[i - 1])), String(levels));
      if (highest > lowest) assert(levels.length >= 3, `${lowest}…${highest}: ${levels}`);
    }
  }
  assert.deepEqual(scaleOf({ lowest: 0, highest: 1.1 }, false).levels.slice(0, 3), [0.1, 0.2, 0.3]);
  assert.deepEqual([scaleOf({ lowest: 0.1, highest: 1 }, null).log, scaleOf({ lowest: 0.001, highest: 1 }, null).log], [false, true]);
  assert.deepEqual([colourOf(0, 5), colourOf(5, 5)], [0, COLOURS - 1]);
});

test("what is no finite number is higher than all others", () => {
  assert.deepEqual(heights([[1, "Infinity"], ["NaN", 100]], { log: true, levels: [] }), [[0, Number.MAX_VALUE], [Number.MAX_VALUE, 2]]);
  const picture = drawn(bowl({ losses: bowl().losses.map((r, j) => r.map((v, i) => (i === 4 && j === 4 ? "Infinity" : v))) }), false, 100);
  assert(picture.holes.startsWith("M") && picture.bands.every((b) => !b.path.includes("NaN")));
});

test("places go there and back, upwards", () => {
  const at = places(bowl(), 200);
  assert.deepEqual([at.x(-2), at.x(2), at.y(-2), at.y(2)], [0, 200, 200, 0]);
  assert.deepEqual([at.backX(at.x(0.3)), at.backY(at.y(-1.7))].map((v) => Number(v.toFixed(9))), [0.3, -1.7]);
  assert.deepEqual(nearest(bowl(), 0.4, -99), [2, 0]);
  assert.deepEqual(ticks(AXIS), [-2, -1, 0, 1, 2]);
});

test("the way is told up to where the network stands, and what came after it apart", () => {
  const way = ways(bowl(), 200);
  assert.equal(way.gone, "M0.0 200.0L25.0 175.0L50.0 150.0");
  assert.equal(way.ahead, "M50.0 150.0L75.0 125.0");
  assert.equal(ways(bowl({ path: { iterations: [0], a: [1e300], b: [0], complete: true } }), 200).gone, "");
});

test("the arrow points against the gradient, and nowhere where that is 0", () => {
  const [, x, y, ex, ey] = (downhill(bowl(), 200)?.path.match(/M(\S+) (\S+)L([^ ]+) ([\d.]+)/) ?? []).map(Number);
  assert.deepEqual([x, y], [50, 150]);
  assert(Math.abs((ex - x) / (y - ey) - 3 / 2) < 1e-9 && ex > x && ey < y);
  assert.equal(downhill(bowl({ current: { ...bowl().current, gradient: [0, 0] } }), 200), null);
  assert.equal(downhill(bowl({ current: { ...bowl().current, gradient: ["NaN", 1] } }), 200), null);
});

test("elements are named as on the wire, and the first pair is that of the first and the last weights", () => {
  const net = /** @type {any} */ ({ parameters: { W1: [[1, 2], [3, 4]], b1: [0, 0], W2: null, w: 3 } });
  const graph = /** @type {any} */ ({ nodes: [{ id: "W2", shape: [2, 9] }] });
  const all = parametersOf(net, graph);
  assert.deepEqual(all.map((p) => p.shape), [[2, 2], [2], [2, 9], []]);
  assert.deepEqual(firstPair(all), ["W1[0,0]", "W2[0,0]"]);
  assert.deepEqual(firstPair([{ name: "w", shape: [] }, { name: "b", shape: [] }]), ["w", "b"]);
  assert.deepEqual(firstPair([{ name: "W", shape: [1, 3] }]), ["W[0,0]", "W[0,1]"]);
  assert.equal(firstPair([{ name: "w", shape: [] }]), null);
  assert.deepEqual(read(written("W2", [1, 8])), { parameter: "W2", place: [1, 8] });
  assert.deepEqual(["W2[1,8]", "w", "W2[2,0]", "W2[0]", "w[0]", "x", ""].map((n) => names(all, n)), [true, true, false, false, false, false, false]);
});

test("a plane in an address is put right, and becomes a query", () => {
  const fresh = { a: "", b: "", center: null, radius: null, rows: "train", log: null };
  assert.deepEqual(placeOf({}), fresh);
  assert.deepEqual(placeOf({ a: 1, center: [1, "x"], radius: -1, rows: "all", log: "yes" }), fresh);
  assert.deepEqual(query(placeOf({ a: "w", b: "v" }), null), { a: "w", b: "v", rows: "train" });
  assert.deepEqual(query(placeOf({ a: "w", b: "v", center: [1, 2], radius: 3, rows: "batch" }), 7), { a: "w", b: "v", rows: "batch", a_center: "1", b_center: "2", radius: "3", iteration: "7" });
  assert.deepEqual(zoomed(bowl(), 0.5), { center: [0, 0], radius: 1 });
  assert.equal(zoomed(bowl(), 1e-9).radius, 1e-6);
});

test("keys move nothing that is not seen, and over a landscape they go by iterations", () => {
  /** @type {any[]} */
  const done = [];
  const names = ["forward", "back", "play", "start", "end", "digits", "train", "finer"];
  const deeds = /** @type {any} */ (Object.fromEntries(names.map((name) => [name, () => done.push(name)])));
  /** @type {any} */
  let state = { compare: null, vary: null, sweep: "", landscape: null, at: 5, net: { furthest: 9 } };
  const keys = /** @type {any} */ (inSight(deeds, () => state, { stepOn: (phase) => done.push(phase), scrub: (at) => done.push(at) }));
  const pressed = () => names.forEach((name) => keys[name]());
  pressed();
  assert.deepEqual(done.splice(0), names);
  state = { ...state, compare: {} };
  pressed();
  assert.deepEqual(done.splice(0), ["digits"]);
  state = { ...state, compare: null, sweep: "A".repeat(22) };
  pressed();
  assert.deepEqual(done.splice(0), ["digits"], "over a sweep as over a comparison");
  state = { ...state, sweep: "", landscape: {} };
  pressed();
  assert.deepEqual(done.splice(0), ["iteration", 4, 0, 9, "digits", "train"]);
});
