/**
 * The height of each cell: near its neighbours, in order, with a gap; long lines are straight.
 * By isotonic regression (pool adjacent violators): the least squares that keep order and gaps.
 */

import { apart } from "./apart.js";
import { leavesOf } from "./leaves.js";
import { straighten } from "./straight.js";

/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./cells.js").Lines} Lines */

/** Sweeps to and fro, of which the last third looks to both sides. */
const SWEEPS = 24;
/** How much a line pulls, by its ends: a leaf counts 0, another box 1, a bend 2. What leaves hang on runs straight. */
const PULL = [0, 0.35, 1, 2, 8];

/** Every cell's middle for one gap between rows, and the height that all of it takes.
 * @param {Cells} cells @param {number[][]} columns @param {number} gap */
export function heights(cells, columns, gap) {
  const y = stacked(cells, columns, gap);
  const kind = leavesOf(cells).map((leaf, v) => (v < cells.boxes ? 1 - leaf : 2));
  const [wanted, force] = [new Float64Array(y.length), new Float64Array(y.length)];
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const both = sweep >= (SWEEPS * 2) / 3;
    const sides = both ? [cells.up, cells.down] : [sweep % 2 ? cells.up : cells.down];
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[sweep % 2 ? i : columns.length - 1 - i];
      for (const v of column) want(kind, sides, v, y, wanted, force);
      spread(cells, column, wanted, force, gap, y);
    }
  }
  straighten(cells, columns, gap, y);
  return fromZero(cells, y);
}

/** @param {Cells} cells @param {number[][]} columns @param {number} gap */
function stacked(cells, columns, gap) {
  const y = new Float64Array(cells.h.length);
  for (const column of columns) {
    y[column[0]] = cells.h[column[0]] / 2;
    for (let i = 1; i < column.length; i += 1) y[column[i]] = y[column[i - 1]] + apart(cells, column[i - 1], column[i], gap);
  }
  return y;
}

/** Where a cell would stand alone, and how strongly. @param {Uint8Array} kind @param {Lines[]} sides @param {number} v
 * @param {Float64Array} y @param {Float64Array} wanted @param {Float64Array} force */
function want(kind, sides, v, y, wanted, force) {
  let [sum, all] = [0, 0];
  for (const { start, items, weight } of sides) {
    for (let k = start[v]; k < start[v + 1]; k += 1) {
      const pull = PULL[kind[v] + kind[items[k]]] * weight[k];
      sum += pull * y[items[k]];
      all += pull;
    }
  }
  wanted[v] = all ? sum / all : y[v];
  force[v] = all || 1;
}

/** Pool adjacent violators: blocks of cells that touch stand at the mean of what they want.
 * @param {Cells} cells @param {number[]} column @param {Float64Array} wanted @param {Float64Array} force @param {number} gap @param {Float64Array} y */
export function spread(cells, column, wanted, force, gap, y) {
  const [offset, at, weight, end] = Array.from({ length: 4 }, () => new Float64Array(column.length));
  let blocks = 0;
  for (let i = 0; i < column.length; i += 1) {
    const v = column[i];
    offset[i] = i ? offset[i - 1] + apart(cells, column[i - 1], v, gap) : 0;
    [at[blocks], weight[blocks]] = [wanted[v] - offset[i], force[v]];
    for (; blocks && at[blocks - 1] > at[blocks]; blocks -= 1) {
      const both = weight[blocks - 1] + weight[blocks];
      at[blocks - 1] += ((at[blocks] - at[blocks - 1]) * weight[blocks]) / both;
      weight[blocks - 1] = both;
    }
    end[blocks] = i + 1;
    blocks += 1;
  }
  for (let i = 0, block = 0; i < column.length; i += 1) {
    if (i === end[block]) block += 1;
    y[column[i]] = at[block] + offset[i];
  }
}

/** From the top on, and how high it is. @param {Cells} cells @param {Float64Array} y */
export function fromZero({ h }, y) {
  let [top, bottom] = [Infinity, -Infinity];
  for (let v = 0; v < y.length; v += 1) {
    top = Math.min(top, y[v] - h[v] / 2);
    bottom = Math.max(bottom, y[v] + h[v] / 2);
  }
  return { y: y.map((middle) => middle - top), height: bottom - top };
}
