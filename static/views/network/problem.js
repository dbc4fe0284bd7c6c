/** The picture of the problem: what the network answers over the plane, along the line, or class by class. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { confusion } from "../../network/grid.js";
import { patches } from "../../network/patches.js";

/** @typedef {import("../context.js").Context} Context */

const SIDE = 300;
const SHADES = 9;
const MOST_DOTS = 600;

/** @param {Context} c */
export function problemPicture(c) {
  const { points, field } = c.state;
  if (!points || !field) return nothing;
  if (field.kind === "plane") return plane(c, points, field);
  if (field.kind === "line") return line(c, points, field);
  return points.classes ? matrix(c, points, field) : nothing;
}

/** @param {number[]} span */
const scale = ([low, high], flip = false) => (/** @type {number} */ v) => (flip ? 1 - (v - low) / (high - low) : (v - low) / (high - low)) * SIDE;

/** @param {number[]} row  which class, or how far between two */
const shadeOf = (row) => (row.length > 1 ? `k${row.indexOf(Math.max(...row)) % 10}` : `s${Math.max(0, Math.min(SHADES - 1, Math.floor(row[0] * SHADES)))}`);

/** Every shade is one path: a picture that changes many times a second has few parts.
 * @param {Context} c @param {import("../../network/requests.js").Points} points @param {import("../../network/requests.js").Field} field */
function plane(c, points, field) {
  return html`<figure class="picture"><figcaption>${c.t("ui.net.boundary")}</figcaption><svg viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label=${c.t("ui.net.boundary")}>
    ${patches(field.outputs.map(shadeOf), field.size, SIDE).map(([kind, d]) => svg`<path class="field ${kind}" d=${d}></path>`)}${dotsOf(points, field).map(([kind, d]) => svg`<path class=${kind} d=${d}></path>`)}</svg></figure>`;
}

/** @type {WeakMap<object, [string, string][]>} the dots of rows that were drawn before */
const drawn = new WeakMap();

/** Classes differ in shape as well as in colour. @param {import("../../network/requests.js").Points} points @param {import("../../network/requests.js").Field} field */
function dotsOf(points, field) {
  const found = drawn.get(points);
  if (found) return found;
  const [x, y] = [scale(field.spans[0]), scale(field.spans[1], true)];
  const held = new Set(points.held_out);
  /** @type {Map<string, string>} */
  const dots = new Map();
  points.x.slice(0, MOST_DOTS).forEach((p, i) => {
    const truth = points.y[i];
    const k = truth.length > 1 ? truth.indexOf(1) : Math.round(truth[0]);
    const kind = `dot ${truth.length > 1 ? `k${k % 10}` : k ? "one" : "zero"} ${held.has(i) ? "held" : ""}`;
    const shape = k % 2 ? "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0" : "m-4 -4h8v8h-8z";
    dots.set(kind, `${dots.get(kind) ?? ""}M${x(p[0]).toFixed(1)} ${y(p[1]).toFixed(1)}${shape}`);
  });
  drawn.set(points, [...dots]);
  return [...dots];
}

/** @param {Context} c @param {import("../../network/requests.js").Points} points @param {import("../../network/requests.js").Field} field */
function line(c, points, field) {
  const values = [...points.y.map((r) => r[0]), ...field.outputs.map((r) => r[0])].filter(Number.isFinite);
  const pad = (Math.max(...values) - Math.min(...values) || 1) * 0.08;
  const [x, y] = [scale(field.spans[0]), scale([Math.min(...values) - pad, Math.max(...values) + pad], true)];
  const path = field.outputs.map((r, i) => `${i ? "L" : "M"}${x(field.x[i][0]).toFixed(1)} ${y(r[0]).toFixed(1)}`).join("");
  return html`<figure class="picture"><figcaption>${c.t("ui.net.fit")}</figcaption><svg viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label=${c.t("ui.net.fit")}>
    ${points.x.slice(0, MOST_DOTS).map((p, i) => svg`<circle class="dot one" cx=${x(p[0])} cy=${y(points.y[i][0])} r="4"></circle>`)}<path class="train" d=${path}></path></svg></figure>`;
}

/** @param {Context} c @param {import("../../network/requests.js").Points} points @param {import("../../network/requests.js").Field} field */
function matrix(c, points, field) {
  const names = points.classes ?? [];
  const table = confusion(field.outputs, points.y);
  return html`<div class="picture"><table class="confusion"><caption>${c.t("ui.net.confusion")}</caption><thead><tr><th></th>${names.map((n) => html`<th scope="col">${n}</th>`)}</tr></thead>
    <tbody>${table.map((row, i) => html`<tr><th scope="row">${names[i]}</th>${row.map((n, j) => html`<td class=${i === j ? "right" : n ? "wrong" : ""}>${n}</td>`)}</tr>`)}</tbody></table></div>`;
}
