/**
 * Networks taken apart into numbers stand in closed form: a column for each operation of a layer,
 * within it element i of n at (i + ½)/n of the height; what has no index of its own stands by its
 * use, and a weight right before its product, past which the other factor comes along a lane.
 */
import { ALONE, cellsOf, inColumns } from "./cells.js";
import { fromZero, spread } from "./heights.js";
import { grouped } from "./lists.js";
import { placed } from "./places.js";

/** @typedef {import("./problem.js").Problem} Problem */
/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {ReturnType<typeof structure>} Net */

/** Whether most of a graph is elements of arrays, of which some were computed. @param {Problem} problem */
export function isNetwork({ array, target }) {
  const elements = array.reduce((n, a) => n + Number(a >= 0), 0);
  return elements * 2 >= array.length && target.some((v) => array[v] >= 0);
}

/** How much a bend insists on its height, beside a box. */
const GIVING_WAY = 1e-3;

/** Null where elements of one array do not come one after another. @param {Problem} problem @returns {import("./problem.js").Places | null} */
export function networked(problem) {
  const net = structure(problem);
  const column = columnsOf(problem, net);
  if (problem.source.some((s, e) => column[s] >= column[problem.target[e]])) return null;
  const cells = cellsOf(problem, column, ALONE);
  const wish = wishes(problem, net);
  const first = wished(problem, cells, wish, problem.gaps.rows[0]);
  const columns = inColumns(cells, [...first.keys()].sort((a, b) => first[a] - first[b] || a - b));
  return placed(problem, cells, columns, (gap) => held(cells, columns, wished(problem, cells, wish, gap), gap));
}

/** Links by their ends, and which operations have lanes: those of a value with several uses and a leaf. @param {Problem} problem */
function structure({ w, source, target }) {
  const [uses, args] = [grouped(w.length, source), grouped(w.length, target)];
  const count = (/** @type {import("./lists.js").Lists} */ { start }, /** @type {number} */ v) => start[v + 1] - start[v];
  const leaf = Uint8Array.from(w, (_, v) => Number(count(args, v) === 0));
  const argsOf = (/** @type {number} */ v) => args.items.subarray(args.start[v], args.start[v + 1]);
  const usesOf = (/** @type {number} */ v) => uses.items.subarray(uses.start[v], uses.start[v + 1]);
  const lane = Uint8Array.from(w, (_, v) => {
    const [first, ...others] = Array.from(argsOf(v), (e) => source[e]);
    return Number(others.some((o) => leaf[o] && o !== first) && count(uses, first) > 1);
  });
  const slot = new Int32Array(source.length);
  args.items.forEach((e, k) => { slot[e] = k - args.start[target[e]]; });
  return { leaf, lane, argsOf, usesOf, slot };
}

/** The elements of an array share a column. @param {Problem} problem @param {Net} net */
function columnsOf({ w, source, target, array }, { leaf, lane, argsOf, usesOf, slot }) {
  const [column, shared] = [new Int32Array(w.length), new Int32Array(w.length)];
  const of = (/** @type {number} */ v) => (array[v] < 0 ? column[v] : shared[array[v]]);
  const step = (/** @type {number} */ e) => (lane[target[e]] && !slot[e] ? 2 : 1);
  for (let v = 0; v < w.length; v += 1) {
    for (const e of argsOf(v)) column[v] = Math.max(column[v], step(e) + (leaf[source[e]] ? 0 : of(source[e])));
    if (array[v] >= 0 && !leaf[v]) shared[array[v]] = Math.max(shared[array[v]], column[v]);
  }
  return column.map((own, v) => (leaf[v] ? usesOf(v).reduce((least, e) => Math.min(least, of(target[e]) - step(e)), Infinity) : of(v)));
}

/** Where each box would stand: a share of the height, and how many rows below that. @param {Problem} problem @param {Net} net */
function wishes({ w, source, target, array, index }, { leaf, lane, argsOf, usesOf, slot }) {
  const [share, part, rows] = [new Float64Array(w.length).fill(0.5), new Float64Array(w.length).fill(1), new Float64Array(w.length)];
  const size = new Int32Array(w.length);
  array.forEach((a) => { if (a >= 0) size[a] += 1; });
  for (let v = w.length - 1; v >= 0; v -= 1) {
    const uses = usesOf(v);
    const weight = leaf[v] && uses.length && uses.every((e) => lane[target[e]] && slot[e]);
    const beside = leaf[v] && uses.length === 1;
    if (weight || beside) share[v] = uses.reduce((sum, e) => sum + share[target[e]], 0) / uses.length;
    else if (array[v] >= 0) [share[v], part[v]] = [(index[v] + 0.5) / size[array[v]], 1 / size[array[v]]];
    else if (uses.length) [share[v], part[v]] = within(uses[0]);
  }
  for (let v = 0; v < w.length; v += 1) if (!lane[v]) companions(v);
  return { share, rows };

  /** A slot of a use's own part. @param {number} e @returns {[number, number]} */
  function within(e) {
    const { length } = argsOf(target[e]);
    const own = part[target[e]] / length;
    return [share[target[e]] + (slot[e] - (length - 1) / 2) * own, own];
  }

  /** Leaves of one operation stand below its other argument, or around its height. @param {number} v */
  function companions(v) {
    const own = argsOf(v).filter((e) => leaf[source[e]] && usesOf(source[e]).length === 1);
    const first = own.length === argsOf(v).length ? (1 - own.length) / 2 : 1;
    own.forEach((e, k) => { rows[source[e]] = first + k; });
  }
}

/** The height that each cell would have alone; links pass a column just above where they end. @param {Problem} problem
 * @param {Cells} cells @param {{share: Float64Array, rows: Float64Array}} wishes @param {number} gap */
function wished({ h, target }, { boxes, column, columns, bends, starts, h: all }, { share, rows }, gap) {
  const tall = new Float64Array(columns);
  for (let v = 0; v < boxes; v += 1) tall[column[v]] += h[v] + gap;
  const [height, row] = [tall.reduce((a, b) => Math.max(a, b)), h.reduce((a, b) => Math.max(a, b)) + gap];
  const y = Float64Array.from(all, (_, v) => (v < boxes ? share[v] * height + rows[v] * row : 0));
  target.forEach((t, e) => bends.subarray(starts[e], starts[e + 1]).forEach((v) => { y[v] = y[t] - row / 2; }));
  return y;
}

/** Cells where they wish to stand, as far as they do not touch; bends give way to boxes.
 * @param {Cells} cells @param {number[][]} columns @param {Float64Array} wanted @param {number} gap */
function held(cells, columns, wanted, gap) {
  const y = wanted.slice();
  const force = Float64Array.from(y, (_, v) => (v < cells.boxes ? 1 : GIVING_WAY));
  for (const column of columns) spread(cells, column, wanted, force, gap, y);
  return fromZero(cells, y);
}
