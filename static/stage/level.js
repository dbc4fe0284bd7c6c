/** How much a card shows, by how large it is on the screen: numbers, then colours, then bars. */
import { shade } from "./cells.js";

/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("../types.js").Numbers} Numbers */
/** @typedef {"numbers" | "colours" | "bars"} Level */
/** @typedef {{value: number, gradient: number}} Scale  the magnitudes that are drawn in full */
/** @typedef {{shade: string, x: number, y: number, w: number, h: number}} Tile */
/** @typedef {{tone: "value" | "gradient", x: number, y: number, w: number, h: number}} Bar */

/** A number is shown while its digits are at least so high on the screen, in pixels; a colour while its card is. */
const LEGIBLE = 9.5;
const VISIBLE = 14;

/** @param {number} zoom @param {import("./metrics.js").Metrics} m @returns {Level} */
export const levelOf = (zoom, m) =>
  m.value * zoom >= LEGIBLE ? "numbers" : m.line * 3.55 * zoom >= VISIBLE ? "colours" : "bars";

/** @type {WeakMap<Graph, Scale>} */
const scales = new WeakMap();

/** One scale for all cards of a graph, so that they can be compared: of 20 magnitudes the largest
 * may lie beyond it. @param {Graph} graph @returns {Scale} */
export function scaleOf(graph) {
  const known = scales.get(graph) ?? { value: common(graph.nodes.map((n) => n.value)), gradient: common(graph.nodes.map((n) => n.grad)) };
  scales.set(graph, known);
  return known;
}

/** @param {(Numbers | null)[]} values */
function common(values) {
  const sizes = Float64Array.from(values.map(magnitude).filter((x) => x > 0 && x < Infinity)).sort();
  return sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * 0.95))] ?? 0;
}

/** The largest magnitude in a value. @param {Numbers | null} value @returns {number} */
const magnitude = (value) =>
  typeof value === "number" ? Math.abs(value) : Array.isArray(value) ? value.flat(3).reduce((m, x) => (typeof x === "number" ? Math.max(m, Math.abs(x)) : m), 0) : 0;

/** A value between −1 and 1 of the scale; of a matrix its largest magnitude. @param {Numbers} value @param {number} full */
export function share(value, full) {
  if (typeof value === "string") return value === "-Infinity" ? -1 : 1;
  const size = full ? Math.min(1, magnitude(value) / full) : 0;
  return typeof value === "number" && value < 0 ? -size : size;
}

/** The value above and the gradient below, each as a tile of its colour with its bar on it.
 * @param {{value: Numbers | null, gradient: Numbers | null}} known @param {boolean} both  whether the node gets a gradient
 * @param {{w: number, h: number}} at @param {Scale} scale @param {Level} level @returns {{tiles: Tile[], bars: Bar[]}} */
export function marksOf(known, both, at, scale, level) {
  const h = both ? at.h / 2 : at.h;
  /** @type {("value" | "gradient")[]} */
  const rows = both ? ["value", "gradient"] : ["value"];
  const marks = rows.map((tone, row) => markOf(known[tone], tone, { y: row * h, w: at.w, h }, scale[tone], level));
  return { tiles: marks.flatMap((m) => m.tile), bars: marks.flatMap((m) => m.bar) };
}

/** @param {Numbers | null} value @param {"value" | "gradient"} tone @param {{y: number, w: number, h: number}} row
 * @param {number} full @param {Level} level @returns {{tile: Tile[], bar: Bar[]}} */
function markOf(value, tone, { y, w, h }, full, level) {
  const colour = value === null ? "empty" : Array.isArray(value) ? "z0" : shade(value, full);
  const tile = level === "colours" ? [{ shade: colour, x: 0, y, w, h }] : [];
  if (value === null) return { tile, bar: [] };
  const part = share(value, full);
  const thick = level === "bars" ? h * 0.86 : h * 0.3;
  const length = Math.max(Math.abs(part) * (w / 2), w * (level === "bars" ? 0.1 : 0.03));
  const bar = { tone, x: part < 0 ? w / 2 - length : w / 2, y: y + (h - thick) / 2, w: length, h: thick };
  return { tile, bar: [bar] };
}
