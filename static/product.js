/**
 * A rule that is a matrix product, ∂L/∂W = aᵀδ, as three grids: what stands left, what stands right,
 * and the result, with the element of a node that each cell stands for. Nothing is computed here.
 */
import { nodeOf } from "./indexed.js";
import { elementId, elementLatex } from "./network/element.js";
import { asRows } from "./stage/cells.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Edge} Edge */
/** @typedef {import("./types.js").Cell} Cell */
/**
 * @typedef {{side: "left" | "right" | "result", role: string, node: string, latex: string, rows: Cell[][],
 *   id: (i: number, j: number) => string, symbol: (i: number, j: number) => string}} Side
 * @typedef {{left: Side, right: Side, result: Side}} Product
 */

/** The product that an edge carries back; null where it is none of two matrices. @param {Graph} graph
 * @param {Edge} edge @returns {Product | null} */
export function productOf(graph, edge) {
  const [a, b] = edge.factors ?? [];
  if (!a || !b || b.sign !== "matrix" || a.shape.length !== 2 || b.shape.length !== 2) return null;
  const [h, w] = [a.shape[0], b.shape[1]];
  const flat = [edge.contribution].flat(2);
  const [one, other] = [a, b].map((f, i) => factor(graph, edge, f, i ? "right" : "left"));
  if (flat.length !== h * w || !one || !other) return null;
  const rows = /** @type {Cell[][]} */ (Array.from({ length: h }, (_, i) => flat.slice(i * w, (i + 1) * w)));
  return { left: one, right: other, result: side(graph, edge.source, rows, { side: "result", role: "gradient", latex: `\\frac{\\partial ${latexOf(graph, graph.output)}}{\\partial ${latexOf(graph, edge.source)}}`, turned: false }) };
}

/** @param {Graph} graph @param {Edge} edge @param {import("./types.js").Factor} f @param {"left" | "right"} which */
function factor(graph, edge, f, which) {
  const node = f.role === "upstream" ? edge.target : nodeOf(graph, edge.target)?.args[1 - edge.slot];
  if (f.value === null || node === undefined) return null;
  const latex = f.role === "upstream" ? f.latex : `${bare(latexOf(graph, node))}^{\\top}`;
  return side(graph, node, /** @type {Cell[][]} */ (asRows(f.value)), { side: which, role: f.role, latex, turned: f.transposed });
}

/** @param {Graph} graph @param {string} node @param {Cell[][]} rows
 * @param {{side: Side["side"], role: string, latex: string, turned: boolean}} how @returns {Side} */
function side(graph, node, rows, { side, role, latex, turned }) {
  const shape = nodeOf(graph, node)?.shape ?? [];
  const [h, w] = [rows.length, rows[0]?.length ?? 0];
  const place = (/** @type {number} */ i, /** @type {number} */ j) => unravel(turned ? j * h + i : i * w + j, shape);
  const name = latexOf(graph, node);
  const symbol = (/** @type {number} */ i, /** @type {number} */ j) => {
    const element = elementLatex(name, place(i, j));
    return role === "argument" ? element : `\\frac{\\partial ${latexOf(graph, graph.output)}}{\\partial ${element}}`;
  };
  return { side, role, node, latex, rows, id: (i, j) => elementId(node, place(i, j)), symbol };
}

/** A node's symbol, in brackets where an exponent would be ambiguous. @param {string} latex */
const bare = (latex) => (/^[A-Za-z]$/.test(latex) ? latex : `{${latex}}`);

/** @param {Graph} graph @param {string} id */
const latexOf = (graph, id) => nodeOf(graph, id)?.latex ?? id;

/** @param {number} at @param {number[]} shape @returns {number[]} */
function unravel(at, shape) {
  const place = [];
  for (const size of [...shape].reverse()) {
    place.unshift(at % size);
    at = Math.floor(at / size);
  }
  return place;
}

/** Where an element stands in a grid; null where it is not in it. @param {Side} side @param {string} wanted
 * @returns {[number, number] | null} */
export function placeIn({ rows, id }, wanted) {
  for (let i = 0; i < rows.length; i += 1) {
    for (let j = 0; j < rows[0].length; j += 1) if (id(i, j) === wanted) return [i, j];
  }
  return null;
}

/** @typedef {{side: Side["side"], at: [number, number]}} Focus  what is looked at */

/** @param {Product} product @param {string} id  the element that is looked at @returns {Focus} the first of the result where it is none of these */
export function focusOf(product, id) {
  for (const key of /** @type {const} */ (["result", "left", "right"])) {
    const at = placeIn(product[key], id);
    if (at) return { side: key, at };
  }
  return { side: "result", at: [0, 0] };
}

/** Whether a cell is lit: of a cell of the result its row and column, of a factor's cell what it meets and where it goes. @param {Focus} focus @param {Side["side"]} side @param {number} i @param {number} j */
export function belongs({ side: of, at: [row, column] }, side, i, j) {
  if (of === "result") return side === "left" ? i === row : side === "right" ? j === column : i === row && j === column;
  if (of === "left") return side === "left" ? i === row && j === column : side === "right" ? i === column : i === row;
  return side === "right" ? i === row && j === column : side === "left" ? j === row : j === column;
}
