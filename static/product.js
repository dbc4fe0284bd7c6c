/**
 * A rule as three grids. A product of matrices, ∂L/∂W = aᵀδ: what stands left, what stands right,
 * and the result. A rule element by element, δ ⊙ σ′(s): the three beside each other.
 */
import { nodeOf } from "./indexed.js";
import { elementLatex, shapeOf } from "./network/element.js";
import { atLeastTwo, depth, latexOf, named, sheet, together, unravel } from "./sheets.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Edge} Edge */
/** @typedef {import("./sheets.js").Side} Side */
/** @typedef {import("./sheets.js").Source} Source */
/** @typedef {[number, number]} Place */
/**
 * @typedef {{kind: "matrix" | "elementwise", left: Side, right: Side, result: Side, sums: boolean,
 *   stack: {at: number, of: number, summed: boolean}, first: (at: number) => string}} Product
 *   `sums`: a cell of the result adds up several; `stack`: which of how many matrices is shown, and whether the result
 *   adds them all up; `first`: an element of another one of them
 * @typedef {{kind: "matrix" | "elementwise", left: Source, right: Source, result: Source}} Rule
 */

/** Larger grids are no picture. */
const MOST = 16;

/** The rule of an edge as a picture; null where it is none of two factors. Of a stack it is the matrix that has the element looked at.
 * @param {Graph} graph @param {Edge} edge @param {string} [looked] @returns {Product | null} */
export function productOf(graph, edge, looked = "") {
  if (edge.contribution === null) return null;
  const rule = matrices(graph, edge) ?? elementwise(graph, edge);
  if (!rule) return null;
  const { kind, left, right, result } = rule;
  const [a, b, c] = [left.shape, right.shape, result.shape];
  const stack = together(a.slice(0, -2), b.slice(0, -2));
  if (!stack) return null;
  const of = depth([...stack, 1, 1]);
  const summed = depth(c) === 1 && of > 1;
  if (!summed && depth(c) !== of) return null;
  const shown = (/** @type {number} */ at) => ({ left: sheet(graph, left, stack, at), right: sheet(graph, right, stack, at), result: sheet(graph, result, summed ? [] : stack, summed ? 0 : at) });
  const has = (/** @type {number} */ at) => Object.values(shown(at)).some((side) => side.node === nameOf(looked) && placeIn(side, looked));
  const at = of > 1 && looked ? Math.max(0, Array.from({ length: of }, (_, k) => k).findIndex(has)) : 0;
  const [full, own] = [together(a.slice(-2), b.slice(-2)), c.slice(-2)];
  return {
    kind, ...shown(at), sums: kind === "matrix" || String(full) !== String(own), stack: { at, of, summed },
    first: (k) => { const to = shown(k); return (summed ? (kind === "matrix" && depth(a) > 1 ? to.left : to.right) : to.result).id(0, 0); },
  };
}

/** @param {string} element */
const nameOf = (element) => element.split("[")[0];

/** @param {Graph} graph @param {Edge} edge @returns {Rule | null} */
function matrices(graph, edge) {
  const [a, b] = edge.factors ?? [];
  if (!a || !b || b.sign !== "matrix" || a.shape.length < 2 || b.shape.length < 2 || a.value === null || b.value === null) return null;
  const [one, other] = [a, b].map((f, i) => factor(graph, edge, f, i ? "right" : "left"));
  const flat = [edge.contribution].flat(Infinity).length;
  const [h, w] = [a.shape.at(-2) ?? 1, b.shape.at(-1) ?? 1];
  const lead = together(a.shape.slice(0, -2), b.shape.slice(0, -2)) ?? [];
  if (flat !== h * w && flat !== h * w * depth([...lead, 1, 1])) return null;
  const shape = flat === h * w ? [h, w] : [...lead, h, w];
  return { kind: "matrix", left: one, right: other, result: gradient(graph, edge, shape) };
}

/** δ ⊙ ∂z/∂x; also where δ is one number or one row, or where the result adds up what was broadcast.
 * @param {Graph} graph @param {Edge} edge @returns {Rule | null} */
function elementwise(graph, edge) {
  const target = nodeOf(graph, edge.target);
  const [a, b] = edge.factors ?? [];
  const ofRule = b?.sign === "elementwise";
  const [delta, local] = ofRule ? [a.value, b.value] : [target?.grad ?? null, edge.local];
  if (delta === null || !Array.isArray(local) || (!ofRule && edge.local_kind !== "elementwise")) return null;
  const given = [shapeOf(delta), shapeOf(local), shapeOf(edge.contribution)];
  const [x, y, z] = given.map(atLeastTwo);
  const full = together(x, y);
  const fits = full && String(together(full, z)) === String(full) && full.slice(-2).every((n) => n <= MOST);
  if (!fits || (edge.template === "1" && String(x) === String(z))) return null;
  const result = gradient(graph, edge, z);
  const ends = (/** @type {number} */ i, /** @type {number} */ j, /** @type {number} */ first) => {
    const place = unravel(first + i * (y.at(-1) ?? 1) + j, y);
    return [[edge.target, x], [edge.source, z]].map(([id, shape]) => within(graph, /** @type {string} */ (id), /** @type {number[]} */ (shape), place));
  };
  return {
    kind: "elementwise", result,
    left: { side: "left", role: "upstream", node: edge.target, latex: partial(graph, graph.output, edge.target), value: delta, shape: x },
    right: {
      side: "right", role: "local", node: ofRule ? edge.source : edge.target, latex: partial(graph, edge.target, edge.source), value: local, shape: y,
      symbol: (i, j, first) => { const [top, bottom] = ends(i, j, first); return `\\frac{\\partial ${top}}{\\partial ${bottom}}`; },
    },
  };
}

/** The element of a node that stands at a place of a larger array. @param {Graph} graph @param {string} id @param {number[]} shape @param {number[]} place */
function within(graph, id, shape, place) {
  const own = place.slice(place.length - shape.length);
  const flat = shape.reduce((index, n, axis) => index * n + (n === 1 ? 0 : own[axis]), 0);
  return elementLatex(named(graph, id), unravel(flat, nodeOf(graph, id)?.shape ?? []));
}

/** @param {Graph} graph @param {Edge} edge @param {number[]} shape @returns {Source} */
const gradient = (graph, edge, shape) => ({ side: "result", role: "gradient", node: edge.source, latex: partial(graph, graph.output, edge.source), value: edge.contribution, shape });

/** @param {Graph} graph @param {Edge} edge @param {import("./types.js").Factor} f @param {"left" | "right"} side @returns {Source} */
function factor(graph, edge, f, side) {
  const other = nodeOf(graph, edge.target)?.args[1 - edge.slot] ?? "";
  const node = f.role === "upstream" ? edge.target : other;
  const latex = f.role === "upstream" ? f.latex : `${bare(latexOf(graph, node))}^{\\top}`;
  return { side, role: f.role, node, latex, value: f.value, shape: f.shape, turned: f.transposed };
}

/** @param {Graph} graph @param {string} top @param {string} bottom */
const partial = (graph, top, bottom) => `\\frac{\\partial ${latexOf(graph, top)}}{\\partial ${latexOf(graph, bottom)}}`;

/** A node's symbol, in brackets where an exponent would be ambiguous. @param {string} latex */
const bare = (latex) => (/^[A-Za-z]$/.test(latex) ? latex : `{${latex}}`);

/** Where an element stands in a grid; null where it is not in it. @param {Side} side @param {string} wanted @returns {Place | null} */
export function placeIn({ rows, id }, wanted) {
  for (let i = 0; i < rows.length; i += 1) {
    for (let j = 0; j < rows[0].length; j += 1) if (id(i, j) === wanted) return [i, j];
  }
  return null;
}
