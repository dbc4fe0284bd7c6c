import assert from "node:assert/strict";
import { test } from "node:test";
import { patches } from "../../static/network/patches.js";

/** The shade that is painted at the middle of each cell, last path on top. @param {[string, string][]} paths @param {number} size @param {number} side */
function painted(paths, size, side) {
  const cell = side / size;
  const shades = Array.from({ length: size * size }, () => "");
  for (const [kind, path] of paths) {
    for (const [, x, y, w, h] of path.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z/g)) {
      shades.forEach((_, i) => {
        const [u, v] = [((i % size) + 0.5) * cell, side - (Math.floor(i / size) + 0.5) * cell];
        if (u > +x && u < +x + +w && v > +y && v < +y + +h) shades[i] = kind;
      });
    }
  }
  return shades;
}

const SIZE = 12;
const FIELDS = {
  "in bands": (/** @type {number} */ i) => `s${Math.floor((i % SIZE) / 4)}`,
  "like a chessboard": (/** @type {number} */ i) => `k${(i + Math.floor(i / SIZE)) % 2}`,
  "of one shade": () => "s0",
  "that begins a row as it ends the one below": (/** @type {number} */ i) => (i % SIZE === 0 || i % SIZE === SIZE - 1 ? "k1" : "k0"),
};

for (const [name, kind] of Object.entries(FIELDS)) {
  test(`a field ${name} is painted cell for cell`, () => {
    const kinds = Array.from({ length: SIZE * SIZE }, (_, i) => kind(i));
    assert.deepEqual(painted(patches(kinds, SIZE, 240), SIZE, 240), kinds);
  });
}

test("neighbours of one shade are one patch, and no patch leaves its row", () => {
  const [[, path]] = patches(Array(SIZE * SIZE).fill("s0"), SIZE, 240);
  assert.equal(path.match(/M/g)?.length, SIZE);
});

test("a picture without cells has no paths", () => assert.deepEqual(patches([], 0, 240), []));
