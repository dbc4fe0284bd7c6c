/** Long lines straightened: bends that follow one another stand on one height, as far as their neighbours let them. */

import { apart } from "./apart.js";

/** @typedef {import("./cells.js").Cells} Cells */

/** @param {Cells} cells @param {number[][]} columns @param {number} gap @param {Float64Array} y  changed in place */
export function straighten(cells, columns, gap, y) {
  const { boxes, up, down } = cells;
  const [above, below] = neighbours(columns, y.length);
  const next = (/** @type {number} */ v) => (down.start[v + 1] - down.start[v] === 1 && down.items[down.start[v]] >= boxes ? down.items[down.start[v]] : -1);
  const limit = (/** @type {number} */ v, /** @type {number} */ other, /** @type {1 | -1} */ way) => (other < 0 ? way * Infinity : y[other] - way * apart(cells, v, other, gap));
  for (let v = boxes; v < y.length; v += 1) {
    if (up.items[up.start[v]] >= boxes && next(up.items[up.start[v]]) === v) continue;
    for (let u = v; u >= 0;) {
      const run = [];
      let [low, high, sum] = [-Infinity, Infinity, 0];
      for (; u >= 0; u = next(u)) {
        const [least, most] = [Math.max(low, limit(u, above[u], -1)), Math.min(high, limit(u, below[u], 1))];
        if (run.length && least > most) break;
        [low, high, sum] = [least, most, sum + y[u]];
        run.push(u);
      }
      const height = Math.min(high, Math.max(low, sum / run.length));
      for (const w of run) y[w] = height;
    }
  }
}

/** The cells above and below each one, or -1. @param {number[][]} columns @param {number} count */
function neighbours(columns, count) {
  const [above, below] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  for (const column of columns) {
    for (let i = 1; i < column.length; i += 1) [above[column[i]], below[column[i - 1]]] = [column[i - 1], column[i]];
  }
  return [above, below];
}
