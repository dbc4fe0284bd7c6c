/** Names and signs as SVG text: raised and lowered runs by shifts that are taken back. */
import { svg } from "../vendor/lit-html/lit-html.js";

/** @param {import("../names.js").Run[]} list @param {number} size
 * @param {number} [least]  no raised or lowered run is smaller */
export function spans(list, size, least = 0) {
  let lift = 0;
  return list.map((run) => {
    const wanted = run.shift === "sup" ? -0.36 * size : run.shift === "sub" ? 0.2 * size : 0;
    const dy = wanted - lift;
    lift = wanted;
    const kind = `${run.shift ? "small" : ""} ${run.upright ? "upright" : ""}`;
    return svg`<tspan class=${kind} dy=${dy} font-size=${run.shift ? Math.max(size * 0.62, Math.min(size, least)) : size}>${run.text}</tspan>`;
  });
}

/** The size at which a number fits its room. @param {string} text @param {number} size @param {number} room */
export const fitted = (text, size, room) =>
  Math.min(size, Math.max(size * 0.45, room / ([...text].reduce((w, c) => w + (/[.,]/.test(c) ? 0.31 : 0.66), 0) || 1)));

/** A rough width of running text. @param {string} text @param {number} size */
export const extent = (text, size) =>
  [...text].reduce((w, c) => w + (/[.,() ]/.test(c) ? 0.34 : 0.64), 0) * size;
