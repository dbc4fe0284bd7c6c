/**
 * Arrays as what is drawn of them: grids of rows and columns. A stack of matrices shows one at a
 * time; each cell knows the element that it stands for. Nothing is computed here.
 */
import { nodeOf } from "./indexed.js";
import { elementId, elementLatex } from "./network/element.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {"left" | "right" | "result"} Which */
/**
 * @typedef {{side: Which, role: string, node: string, latex: string, rows: Cell[][],
 *   id: (i: number, j: number) => string, symbol: (i: number, j: number) => string}} Side
 * @typedef {{side: Which, role: string, node: string, latex: string, value: any, shape: number[], turned?: boolean,
 *   symbol?: (i: number, j: number, at: number) => string}} Source  an array in the shape in which it is multiplied
 */

/** @param {number[]} shape  of at least two axes */
export const atLeastTwo = (shape) => [...Array.from({ length: Math.max(0, 2 - shape.length) }, () => 1), ...shape];

/** The shape that shapes have together, as arrays are broadcast; null where they do not fit. @param {number[]} a @param {number[]} b
 * @returns {number[] | null} */
export function together(a, b) {
  const length = Math.max(a.length, b.length);
  const [x, y] = [a, b].map((s) => [...Array.from({ length: length - s.length }, () => 1), ...s]);
  return x.every((n, i) => n === y[i] || n === 1 || y[i] === 1) ? x.map((n, i) => Math.max(n, y[i])) : null;
}

/** How many matrices lie in a stack. @param {number[]} shape */
export const depth = (shape) => shape.slice(0, -2).reduce((a, b) => a * b, 1);

/** Which of its own matrices an array has at a place of a larger stack. @param {number[]} own  the leading axes @param {number[]} all @param {number} at */
function layerAt(own, all, at) {
  const place = unravel(at, all).slice(all.length - own.length);
  return own.reduce((index, n, axis) => index * n + (n === 1 ? 0 : place[axis]), 0);
}

/** One matrix of an array as a grid. @param {Graph} graph @param {Source} source @param {number[]} stack  leading axes of the whole @param {number} at @returns {Side} */
export function sheet(graph, { side, role, node, latex, value, shape, turned = false, symbol }, stack, at) {
  const [h, w] = shape.slice(-2);
  const first = layerAt(shape.slice(0, -2), stack, at) * h * w;
  const flat = /** @type {Cell[]} */ ([value].flat(Infinity));
  const own = nodeOf(graph, node)?.shape ?? [];
  const place = (/** @type {number} */ i, /** @type {number} */ j) => unravel(first + (turned ? j * h + i : i * w + j), own);
  const name = named(graph, node);
  const gradient = (/** @type {number} */ i, /** @type {number} */ j) => `\\frac{\\partial ${latexOf(graph, graph.output)}}{\\partial ${elementLatex(name, place(i, j))}}`;
  return {
    side, role, node, latex, rows: Array.from({ length: h }, (_, i) => flat.slice(first + i * w, first + (i + 1) * w)),
    id: (i, j) => elementId(node, place(i, j)),
    symbol: (i, j) => (symbol ? symbol(i, j, first) : role === "argument" ? elementLatex(name, place(i, j)) : gradient(i, j)),
  };
}

/** @param {Graph} graph @param {string} id */
export const latexOf = (graph, id) => nodeOf(graph, id)?.latex ?? id;

/** The symbol that an element's place is put to; an unnamed node's is an expression, in parentheses. @param {Graph} graph @param {string} id */
export const named = (graph, id) => (/[-+ ]|\\cdot|\\frac/.test(latexOf(graph, id)) ? `(${latexOf(graph, id)})` : latexOf(graph, id));

/** @param {number} at @param {number[]} shape @returns {number[]} */
export function unravel(at, shape) {
  const place = [];
  for (const size of [...shape].reverse()) {
    place.unshift(at % size);
    at = Math.floor(at / size);
  }
  return place;
}
