/** How runs are told apart: each has a line, a mark and a colour of its own. */
import { svg } from "../../vendor/lit-html/lit-html.js";

/** The marks around a point, one shape for each run. */
const SHAPES = [
  "m-4.5 0c0 -2.485 2.015 -4.5 4.5 -4.5s4.5 2.015 4.5 4.5s-2.015 4.5 -4.5 4.5s-4.5 -2.015 -4.5 -4.5z", "m-4 -4h8v8h-8z", "m0 -5.5l5.2 9h-10.4z", "m0 -6l5 6l-5 6l-5 -6z", "m0 5.5l5.2 -9h-10.4z", "m-1.7 -5.5h3.4v3.8h3.8v3.4h-3.8v3.8h-3.4v-3.8h-3.8v-3.4h3.8z",
];

const sized = (/** @type {number} */ index, /** @type {number} */ scale) =>
  SHAPES[index % SHAPES.length].replace(/-?\d+(\.\d+)?/g, (n) => String(Number((Number(n) * scale).toFixed(2))));

/** @param {number} index @param {{x: number, y: number}[]} places @param {number} [scale] */
export const marksOf = (index, places, scale = 1) =>
  svg`<path class="mark r${index}" d=${places.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}${sized(index, scale)}`).join("")}></path>`;

/** The line of a run, as it stands in a table. @param {number} index @param {number} [scale] */
export const swatch = (index, scale = 1) => svg`<svg class="swatch" width=${46 * scale} height=${16 * scale} viewBox="0 0 46 16" aria-hidden="true"><path class="run r${index}" d="M1 8H45"></path>
  ${marksOf(index, [{ x: 23, y: 8 }])}</svg>`;
