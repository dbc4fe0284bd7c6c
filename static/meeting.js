/** Which cells of a rule's three grids belong together: what meets in a cell of the result, and where a factor's cell goes. */
import { placeIn } from "./product.js";

/** @typedef {import("./product.js").Product} Product */
/** @typedef {import("./product.js").Place} Place */
/** @typedef {import("./sheets.js").Side} Side */
/** @typedef {{side: Side["side"], at: Place}} Focus  what is looked at */

/** @param {Product} product @param {string} id  the element that is looked at @returns {Focus} the first of the result where it is none of these */
export function focusOf(product, id) {
  for (const key of /** @type {const} */ (["result", "left", "right"])) {
    const at = placeIn(product[key], id);
    if (at) return { side: key, at };
  }
  return { side: "result", at: [0, 0] };
}

/** Whether a cell is lit: of a cell of the result its row and column, of a factor's cell what it meets and where it goes.
 * @param {Product} product @param {Focus} focus @param {Side["side"]} side @param {number} i @param {number} j */
export function belongs(product, { side: of, at: [row, column] }, side, i, j) {
  if (product.kind === "elementwise") return along(product, of, row, side, i, 0) && along(product, of, column, side, j, 1);
  if (of === "result") return side === "left" ? i === row : side === "right" ? j === column : i === row && j === column;
  if (of === "left") return side === "left" ? i === row && j === column : side === "right" ? i === column : i === row;
  return side === "right" ? i === row && j === column : side === "left" ? j === row : j === column;
}

/** Element by element the same row and column belong together; one row goes with all. @param {Product} product
 * @param {Side["side"]} of @param {number} at @param {Side["side"]} side @param {number} i @param {0 | 1} axis */
const along = (product, of, at, side, i, axis) => of === side ? i === at : long(product[of], axis) === 1 || long(product[side], axis) === 1 || i === at;

/** @param {Side} side @param {0 | 1} axis */
const long = ({ rows }, axis) => (axis ? rows[0]?.length ?? 0 : rows.length);

/** The pairs of factors that a cell of the result adds up, as places left and right. @param {Product} product @param {Place} at @returns {[Place, Place][]} */
export function pairs({ kind, left, right, result }, [i, j]) {
  if (kind === "matrix") return left.rows[0].map((_, k) => [[i, k], [k, j]]);
  const [h, w] = [0, 1].map((axis) => Math.max(long(left, /** @type {0 | 1} */ (axis)), long(right, /** @type {0 | 1} */ (axis))));
  const own = (/** @type {Side} */ s, /** @type {number} */ a, /** @type {number} */ b) => /** @type {Place} */ ([long(s, 0) === 1 ? 0 : a, long(s, 1) === 1 ? 0 : b]);
  const all = Array.from({ length: h * w }, (_, k) => /** @type {Place} */ ([Math.floor(k / w), k % w]));
  return all.filter(([a, b]) => String(own(result, a, b)) === String([i, j])).map(([a, b]) => [own(left, a, b), own(right, a, b)]);
}
