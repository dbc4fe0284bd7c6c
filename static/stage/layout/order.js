/**
 * The order within the columns: sweeps by barycentres (Sugiyama, Tagawa and Toda, 1981) from four
 * beginnings, of which the one with the fewest crossings is kept, then exchanges of neighbours.
 */
import { inColumns } from "./cells.js";
import { crossings } from "./crossings.js";
import { leavesOf, withLeaves } from "./leaves.js";
import { sift } from "./sift.js";

/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./cells.js").Lines} Lines */
/** @typedef {{cells: Cells, leaf: Uint8Array, turn: Int32Array, leaves: number[][], place: Int32Array, mean: Float64Array, best: number[][], fewest: number}} Search
 *   `leaf` tells which cells are left out of the sweeps, `turn` when one reads a cell, `place` where it stands in its column */

const SWEEPS = 8;

/** The cells of each column, from top to bottom. @param {Cells} cells @returns {number[][]} */
export function ordered(cells) {
  const leaf = leavesOf(cells);
  const boxes = [...Array(cells.boxes).keys()];
  const reading = walked(cells.up, boxes.toReversed());
  const turn = new Int32Array(leaf.length);
  number(reading, turn);
  /** @type {Search} */
  const search = { cells, leaf, turn, leaves: [], place: new Int32Array(leaf.length), mean: new Float64Array(leaf.length), best: [], fewest: Infinity };
  for (const begin of [reading, walked(cells.down, boxes)]) {
    search.leaves = inColumns(cells, begin.filter((v) => leaf[v]));
    const others = inColumns(cells, begin.filter((v) => !leaf[v]));
    for (const first of [0, 1]) if (search.fewest) sweep(search, others.map((column) => [...column]), first);
  }
  search.best.forEach((column) => number(column, search.place));
  if (search.fewest) sift(cells, search.best, search.place);
  return search.best;
}

/** @param {Search} search @param {number[][]} columns @param {number} first  the side from which the first sweep goes */
function sweep(search, columns, first) {
  const { cells: { up, down }, place } = search;
  columns.forEach((column) => number(column, place));
  remember(search, columns);
  for (let i = first; i < first + SWEEPS && search.fewest; i += 1) {
    for (const column of i % 2 ? columns : columns.toReversed()) {
      align(column, i % 2 ? up : down, search);
      number(column, place);
    }
    remember(search, columns);
  }
}

/** Sort a column by the means of its neighbours' places; cells without neighbours keep theirs.
 * @param {number[]} column @param {Lines} lines @param {Search} search */
function align(column, { start, items, weight }, { leaf, place, mean }) {
  for (const v of column) {
    let [sum, all] = [0, 0];
    for (let k = start[v]; k < start[v + 1]; k += 1) {
      if (leaf[items[k]]) continue;
      sum += place[items[k]] * weight[k];
      all += weight[k];
    }
    mean[v] = sum / all;
  }
  const moved = column.filter((v) => mean[v] >= 0).sort((a, b) => mean[a] - mean[b] || place[a] - place[b]);
  let next = 0;
  for (let i = 0; i < column.length; i += 1) if (mean[column[i]] >= 0) column[i] = moved[next++];
}

/** @param {Search} search @param {number[][]} columns */
function remember(search, columns) {
  const { cells, leaves, place, turn } = search;
  const whole = columns.map((column, c) => withLeaves(cells, column, leaves[c], place, turn));
  whole.forEach((column) => number(column, place));
  const count = crossings(whole, cells.down, place);
  columns.forEach((column) => number(column, place));
  if (count < search.fewest) Object.assign(search, { best: whole, fewest: count });
}

/** @param {number[]} column @param {Int32Array} place */
const number = (column, place) => column.forEach((v, i) => { place[v] = i; });

/** Cells in the order of a walk along the lines, from the first one on. @param {Lines} lines @param {number[]} roots */
function walked({ start, items }, roots) {
  const [seen, found] = [new Uint8Array(start.length), /** @type {number[]} */ ([])];
  for (const root of roots) {
    const waiting = [root];
    while (waiting.length) {
      const v = /** @type {number} */ (waiting.pop());
      if (seen[v]) continue;
      seen[v] = 1;
      found.push(v);
      for (let k = start[v + 1] - 1; k >= start[v]; k -= 1) waiting.push(items[k]);
    }
  }
  return found;
}
