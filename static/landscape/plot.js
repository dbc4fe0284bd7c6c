/** The landscape as paths in a square of pixels: bands of colour, lines between them, the way of training, and an arrow downhill. */
import { rings } from "./contours.js";
import { colourOf, heightOf, heights, scaleOf } from "./levels.js";

/** @typedef {import("./wish.js").Answer} Answer */
/** @typedef {{path: string, colour: number}} Band */

/** Pixels of the arrow downhill. */
const ARROW = 58;

/** Places in the plot. @param {Answer} answer @param {number} side */
export function places({ a, b }, side) {
  const span = (/** @type {number[]} */ v) => v[v.length - 1] - v[0];
  return {
    x: (/** @type {number} */ v) => ((v - a.values[0]) / span(a.values)) * side,
    y: (/** @type {number} */ v) => side - ((v - b.values[0]) / span(b.values)) * side,
    backX: (/** @type {number} */ px) => a.values[0] + (px / side) * span(a.values),
    backY: (/** @type {number} */ px) => b.values[0] + ((side - px) / side) * span(b.values),
  };
}

/** Bands from the lowest to the highest; each covers all that are higher, which are drawn over it.
 * @param {Answer} answer @param {boolean | null} log @param {number} side */
export function drawn(answer, log, side) {
  const scale = scaleOf(answer, log);
  const grid = heights(answer.losses, scale);
  const [n, m] = [grid[0].length - 1, grid.length - 1];
  const point = (/** @type {[number, number]} */ [i, j]) => `${((i / n) * side).toFixed(1)} ${(side - (j / m) * side).toFixed(1)}`;
  const bands = scale.levels.map((level, k) => ({
    path: rings(grid, heightOf(scale, level)).map((ring) => `M${ring.map(point).join("L")}Z`).join(""), colour: colourOf(k + 1, scale.levels.length),
  }));
  return { scale, bands, ground: colourOf(0, scale.levels.length), holes: holes(answer.losses, side) };
}

/** What is no number at all is covered cell by cell. @param {(number | string)[][]} losses @param {number} side */
function holes(losses, side) {
  const [n, m] = [losses[0].length - 1, losses.length - 1];
  const cell = (/** @type {number} */ i, /** @type {number} */ j) =>
    `M${(Math.max(0, (i - 0.5) / n) * side).toFixed(1)} ${(Math.max(0, 1 - (j + 0.5) / m) * side).toFixed(1)}h${(side / n).toFixed(1)}v${(side / m).toFixed(1)}h-${(side / n).toFixed(1)}z`;
  return losses.flatMap((row, j) => row.flatMap((v, i) => (typeof v === "number" ? [] : [cell(i, j)]))).join("");
}

/** The way up to an iteration, and what came after it. @param {Answer} answer @param {number} side */
export function ways(answer, side) {
  const at = places(answer, side);
  const { iterations, a, b } = answer.path;
  const points = iterations.map((_, i) => ({ x: at.x(a[i]), y: at.y(b[i]) }));
  const now = iterations.filter((k) => k <= answer.current.iteration).length;
  const line = (/** @type {{x: number, y: number}[]} */ some) => (some.length > 1 ? some.map(({ x, y }, i) => `${i ? "L" : "M"}${bounded(x)} ${bounded(y)}`).join("") : "");
  return { gone: line(points.slice(0, now)), ahead: line(points.slice(Math.max(0, now - 1))), start: points[0], steps: points.length <= 60 ? points.slice(1, now) : [] };
}

/** Far outside a place is as good as any other. @param {number} px */
const bounded = (px) => Math.min(1e5, Math.max(-1e5, px)).toFixed(1);

/** From the present point against the gradient, which the server has computed; null where it is flat. @param {Answer} answer @param {number} side */
export function downhill({ current, a, b }, side) {
  const at = places(/** @type {Answer} */ ({ a, b }), side);
  const [ga, gb] = current.gradient.map(Number);
  const length = Math.hypot(ga, gb);
  if (!(length > 0) || !Number.isFinite(length)) return null;
  const [dx, dy] = [(-ga / length) * ARROW, (gb / length) * ARROW];
  const [x, y] = [at.x(current.a), at.y(current.b)];
  const [ex, ey] = [x + dx, y + dy];
  const head = [2.6, -2.6].map((turn) => `M${ex} ${ey}l${(dx * Math.cos(turn) - dy * Math.sin(turn)) * 0.24} ${(dx * Math.sin(turn) + dy * Math.cos(turn)) * 0.24}`).join("");
  return { x, y, path: `M${x} ${y}L${ex} ${ey}${head}` };
}

/** Round numbers along an axis. @param {number[]} values @param {number} most */
export function ticks(values, most = 5) {
  const [low, high] = [values[0], values[values.length - 1]];
  const decade = 10 ** Math.floor(Math.log10((high - low) / most));
  const step = [1, 2, 5, 10].map((s) => s * decade).find((s) => (high - low) / s <= most) ?? high - low;
  const marks = [];
  for (let k = Math.ceil(low / step); k * step <= high; k += 1) marks.push(Number((k * step).toPrecision(12)));
  return marks;
}
