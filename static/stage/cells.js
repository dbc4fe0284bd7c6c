/** A matrix cell by cell: what is printed, and its place on a colour scale that is symmetric about zero. */
import { cells as print } from "../format.js";

/**
 * @typedef {{value: import("../types.js").Numbers | null, rows: number, columns: number, x: number, y: number,
 *   cell: number[], size: number, digits: number | null, lang: string, tone: string, numbers: boolean, hole?: string}} Grid
 * @typedef {{text: string, shade: string}} Cell
 */

/** A stack of one matrix counts as that matrix. @param {import("../types.js").Numbers} value @returns {(number | string)[][]} */
export const asRows = (value) =>
  !Array.isArray(value) ? [[value]]
  : !Array.isArray(value[0]) ? [value]
  : value.length === 1 && Array.isArray(value[0][0]) ? asRows(value[0])
  : value;

/** Steps of the scale: −4 … 4; non-finite cells are marked. @param {number | string} x @param {number} largest */
export function shade(x, largest) {
  if (typeof x === "string") return "bad";
  if (!largest || x === 0) return "z0";
  const level = Math.min(4, Math.max(1, Math.ceil((Math.abs(x) / largest) * 4)));
  return (x < 0 ? "n" : "p") + level;
}

/** Row by row. @param {Grid} grid @returns {Cell[]} */
export function cellsOf({ value, rows, columns, digits, lang, numbers, size, hole = "" }) {
  const known = value !== null && numbers ? asRows(value) : null;
  const largest = Math.max(0, ...(known ?? []).flat().map((c) => (typeof c === "number" ? Math.abs(c) : 0)));
  const text = known && size ? print(known, digits, lang) : null;
  return Array.from({ length: rows * columns }, (_, k) => {
    const [i, j] = [Math.floor(k / columns), k % columns];
    return { text: known ? text?.[i]?.[j]?.text ?? "" : hole, shade: known ? shade(known[i]?.[j] ?? 0, largest) : "empty" };
  });
}
