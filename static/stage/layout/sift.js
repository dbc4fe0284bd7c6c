/** Exchange neighbours in a column as long as lines cross less: each cell goes to its best place (sifting: Matuszewski, Schönfeld and Molitor, 1999). */
import { crossing, sorted } from "./crossings.js";

/** @typedef {import("./cells.js").Cells} Cells */

/** So far a cell looks for its place, and so often all cells do. */
const REACH = 60;
const ROUNDS = 3;

/** @param {Cells} cells @param {number[][]} columns  changed in place @param {Int32Array} place */
export function sift(cells, columns, place) {
  for (let round = 0, moved = true; moved && round < ROUNDS; round += 1) {
    moved = false;
    for (const column of columns) {
      for (const v of column) for (const lines of [cells.up, cells.down]) sorted(lines, v, place);
      for (const v of [...column]) moved = settled(cells, column, v, place) || moved;
    }
  }
}

/** @param {Cells} cells @param {number[]} column @param {number} v @param {Int32Array} place */
function settled(cells, column, v, place) {
  const at = place[v];
  const above = best(cells, column, v, place, -1);
  const below = best(cells, column, v, place, 1);
  const to = above.saved > below.saved ? above.to : below.to;
  column.splice(at, 1);
  column.splice(to, 0, v);
  for (let i = Math.min(at, to); i <= Math.max(at, to); i += 1) place[column[i]] = i;
  return to !== at;
}

/** @param {Cells} cells @param {number[]} column @param {number} v @param {Int32Array} place @param {1 | -1} way */
function best({ up, down }, column, v, place, way) {
  const found = { to: place[v], saved: 0 };
  const last = place[v] + way * REACH;
  let saved = 0;
  for (let i = place[v] + way; i !== last && i >= 0 && i < column.length; i += way) {
    const [a, b] = way > 0 ? [v, column[i]] : [column[i], v];
    saved += crossing(up, a, b, place) + crossing(down, a, b, place) - crossing(up, b, a, place) - crossing(down, b, a, place);
    if (saved > found.saved) Object.assign(found, { to: i, saved });
  }
  return found;
}
