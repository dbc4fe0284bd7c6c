/**
 * What stands in the columns: boxes, and bends where longer links pass. A line's weight is how many
 * links run along it.
 */
import { grouped } from "./lists.js";

/** @typedef {{start: Int32Array, items: Int32Array, weight: Int32Array}} Lines  the neighbours of each cell on one side, nearest first once sorted */
/**
 * @typedef {{boxes: number, column: Int32Array, h: Float64Array, up: Lines, down: Lines, bends: Int32Array, starts: Int32Array,
 *   columns: number}} Cells  the bends of link i are `bends` from `starts[i]` up to `starts[i + 1]`
 */

/** How high a bend is: one that all links of a box share which pass there, and one of a link alone. */
export const SHARED = 20;
export const ALONE = 0;

/** @param {import("./problem.js").Problem} problem @param {Int32Array} rank  the column of each box @param {number} bend @returns {Cells} */
export function cellsOf({ h, source, target }, rank, bend) {
  const [column, height] = [[...rank], [...h]];
  /** @type {number[][]} */
  const passed = Array.from(bend === SHARED ? rank : source, () => []);
  /** @type {number[]} */
  const bends = [];
  const starts = new Int32Array(source.length + 1);
  const lines = bundled(rank.length);
  for (let e = 0; e < source.length; e += 1) {
    const [s, t] = [source[e], target[e]];
    const way = passed[bend === SHARED ? s : e];
    let from = s;
    for (let i = 0; i < rank[t] - rank[s] - 1; i += 1) {
      way[i] ??= height.push(bend) && column.push(rank[s] + 1 + i) - 1;
      bends.push(way[i]);
      lines.toBend(from, way[i]);
      from = way[i];
    }
    lines.toBox(from, t);
    starts[e + 1] = bends.length;
  }
  return {
    boxes: rank.length, column: Int32Array.from(column), h: Float64Array.from(height), ...lines.both(column.length),
    bends: Int32Array.from(bends), starts, columns: 1 + column.reduce((a, b) => Math.max(a, b), 0),
  };
}

/** Lines between cells, those of the same two cells as one. @param {number} boxes */
function bundled(boxes) {
  /** @type {number[][]} */
  const [left, right, weight] = [[], [], []];
  /** The line to each bend: it has but one. @type {number[]} */
  const entering = [];
  /** @type {Map<number, number>} */
  const known = new Map();
  /** @param {number} a @param {number} b */
  const drawn = (a, b) => {
    right.push(b);
    weight.push(1);
    return left.push(a) - 1;
  };
  return {
    /** @param {number} a @param {number} b */
    toBend(a, b) {
      if (entering[b - boxes] === undefined) entering[b - boxes] = drawn(a, b);
      else weight[entering[b - boxes]] += 1;
    },
    /** @param {number} a @param {number} b */
    toBox(a, b) {
      const line = known.get(a * boxes + b);
      if (line === undefined) known.set(a * boxes + b, drawn(a, b));
      else weight[line] += 1;
    },
    /** @param {number} count  of all cells */
    both: (count) => ({ down: side(count, left, right, weight), up: side(count, right, left, weight) }),
  };
}

/** @param {number} count @param {number[]} from @param {number[]} to @param {number[]} weight @returns {Lines} */
function side(count, from, to, weight) {
  const { start, items } = grouped(count, from);
  return { start, items: items.map((line) => to[line]), weight: items.map((line) => weight[line]) };
}

/** @param {Cells} cells @param {number[]} list @returns {number[][]} */
export function inColumns({ column, columns }, list) {
  const found = Array.from({ length: columns }, () => /** @type {number[]} */ ([]));
  for (const v of list) found[column[v]].push(v);
  return found;
}
