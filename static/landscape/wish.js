/** Which plane of the loss is looked at, and what the server has told of it. */

/**
 * @typedef {{a: string, b: string, center: [number, number] | null, radius: number | null, rows: "train" | "batch", log: boolean | null}} Wish
 * @typedef {{name: string, latex: string, values: number[]}} Axis
 * @typedef {{a: Axis, b: Axis, center: [number, number], radius: number, losses: (number | string)[][], lowest: number | null, highest: number | null,
 *   rows: number, current: {iteration: number, a: number, b: number, loss: number | string, gradient: (number | string)[]},
 *   path: {iterations: number[], a: number[], b: number[], complete: boolean}, version: number}} Answer
 * @typedef {{answer: Answer | null, of: string, cursor: [number, number] | null, busy: boolean, problem: string}} Survey
 * `of` is the network that was asked about; the cursor stands at a column and a row of the grid.
 */

/** @type {Survey} */
export const UNSEEN = { answer: null, of: "", cursor: null, busy: false, problem: "" };
const SMALLEST = 1e-6;
const LARGEST = 1e6;

/** A wish as an address may hold it: anything else in it is put right. @param {any} given @returns {Wish} */
export function placeOf(given) {
  const text = (/** @type {any} */ t) => (typeof t === "string" ? t.slice(0, 100) : "");
  const middle = Array.isArray(given.center) && given.center.length === 2 && given.center.every(Number.isFinite) ? given.center : null;
  return {
    a: text(given.a), b: text(given.b), center: middle, radius: given.radius > 0 && Number.isFinite(given.radius) ? given.radius : null,
    rows: given.rows === "batch" ? "batch" : "train", log: typeof given.log === "boolean" ? given.log : null,
  };
}

/** @param {Wish} wish @param {number | null} iteration  null: as the network stands @returns {Record<string, string>} */
export function query(wish, iteration) {
  const { a, b, center, radius, rows } = wish;
  return {
    a, b, rows, ...(center ? { a_center: String(center[0]), b_center: String(center[1]) } : {}), ...(radius ? { radius: String(radius) } : {}),
    ...(iteration === null ? {} : { iteration: String(iteration) }),
  };
}

/** Nearer or farther around a point. @param {Answer} answer @param {number} factor @param {[number, number]} [center] @returns {Partial<Wish>} */
export const zoomed = (answer, factor, center = answer.center) =>
  ({ center, radius: Number(Math.min(LARGEST, Math.max(SMALLEST, answer.radius * factor)).toPrecision(12)) });

/** The point of the grid that lies nearest. @param {Answer} answer @param {number} a @param {number} b @returns {[number, number]} */
export const nearest = (answer, a, b) => [closest(answer.a.values, a), closest(answer.b.values, b)];

/** @param {number[]} values  even, growing @param {number} x */
function closest(values, x) {
  const n = values.length - 1;
  const i = Math.round(((x - values[0]) / (values[n] - values[0])) * n);
  return Math.min(n, Math.max(0, i));
}
