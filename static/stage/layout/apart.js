/** @typedef {import("./cells.js").Cells} Cells */

/** How far the middles of two neighbours are at least apart: a bend needs half the gap. @param {Cells} cells @param {number} a
 * @param {number} b @param {number} gap */
export const apart = ({ boxes, h }, a, b, gap) => (h[a] + h[b]) / 2 + (a < boxes && b < boxes ? gap : gap / 2);
