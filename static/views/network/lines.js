/** The lines of the drawing: what flows from the data to the loss, the edges, and the neurons with their names. */
import { svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { curve } from "../../network/curves.js";

/** @typedef {import("../../network/columns.js").Plan} Plan */
/** @typedef {import("../../network/columns.js").Column} Column */

/** Below the picture of the data stand its name and its size, in so many pixels. */
const TOLD = 44;
/** Names with fewer letters fit into an input. */
export const INSIDE = 4;
const LONGEST = 12;
/** The cards of data and loss stand a little inside their boxes. */
const INSET = 14;
const BEND = 34;

/** Data go in on the left; the prediction, and below all layers the target, meet in the loss. @param {Plan} plan */
export function flow(plan) {
  const { data, loss, columns, r, middle, h, bands } = plan;
  const drawn = (/** @type {Column} */ column) => column.neurons.filter((n) => n.index >= 0);
  const [from, to] = [data.x + data.w - INSET, loss.x + INSET];
  const into = drawn(columns[0]).map((n) => `M${from} ${middle}C${from + 2 * INSET} ${middle} ${n.x - r - BEND} ${n.y} ${n.x - r} ${n.y}`);
  const out = drawn(columns[columns.length - 1]).map((n) => `M${n.x + r} ${n.y}C${n.x + r + BEND} ${n.y} ${to - 24} ${middle} ${to} ${middle}`);
  const low = Math.min(h - 12, middle + bands.tall / 2 + bands.bottom + 4);
  const [x1, x2] = [data.x + data.w / 2, loss.x + loss.w / 2];
  const start = Math.min(data.y + data.w + TOLD, low - 20);
  const target = `M${x1} ${start}V${low - 14}Q${x1} ${low} ${x1 + 14} ${low}H${x2 - 14}Q${x2} ${low} ${x2} ${low - 14}V${loss.y + loss.h}`;
  return svg`<path class="flow" d=${[...into, ...out].join("")}></path><path class="flow target" d=${target}></path>
    <text class="flow-name" x=${x1 + 12} y=${low - 8}>y</text>`;
}

/** @param {Plan} plan @param {Column} column @param {string} activation  "" for inputs @param {string[]} names */
export function neurons({ r }, column, activation, names) {
  const glyph = curve(activation, r * 0.5);
  return column.neurons.map((n) => (n.index < 0 ? svg`<text class="more" x=${n.x} y=${n.y + 5}>⋮ ${column.hidden}</text>`
    : svg`<g class="neuron ${activation ? "" : "input"}" transform="translate(${n.x} ${n.y})"><circle r=${r}></circle>${
      glyph ? svg`<path class="glyph" d=${glyph}></path>` : nothing}${names[n.index] ? named(names[n.index], r, !activation) : nothing}</g>`));
}

/** A short name stands in an input, a long one before it; that of an output behind it. @param {string} name @param {number} r @param {boolean} input */
function named(name, r, input) {
  if (input && name.length < INSIDE) return svg`<text class="inside" y="5" text-anchor="middle">${lettered(name)}</text>`;
  if (input) return svg`<text class="beside" x=${-r - 6} y="5" text-anchor="end">${lettered(name)}</text>`;
  return svg`<text class="beside" x=${r + 6} y="-8">${lettered(name)}</text>`;
}

/** A digit behind a letter stands lower. @param {string} name */
function lettered(name) {
  const parts = /^([A-Za-z])(\d+)$/.exec(name);
  const plain = name.replaceAll("_", " ");
  if (parts) return svg`${parts[1]}<tspan dy="4" class="low">${parts[2]}</tspan>`;
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
}
