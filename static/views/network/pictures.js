/** Small pictures of the data sets: what there is to learn, at a glance. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { shown } from "../../network/shown.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/table.js").Preview} Preview */

const SIDE = 60;
const EDGE = 7;

/** Buttons, one per data set. @param {Context} c */
export function pictures(c) {
  const { state, t, actions } = c;
  return html`<div class="sets" role="group" aria-label=${t("ui.net.pictures")}>${(state.tables?.datasets ?? []).map((set) => html`<button class="set"
    aria-pressed=${shown(state).data.name === set.name ? "true" : "false"} aria-label=${set.title[state.lang]} title=${set.title[state.lang]} @click=${() => actions.chooseData(set.name)}>
    ${state.pictures[set.name] ? picture(state.pictures[set.name]) : html`<svg viewBox="0 0 ${SIDE} ${SIDE}" aria-hidden="true"></svg>`}</button>`)}</div>`;
}

/** Rows in the plane, along a line, or as points of ink. @param {Preview} seen */
export function picture(seen) {
  const width = seen.x?.[0]?.length ?? 0;
  const marks = !seen.x || !seen.y ? nothing : width === 64 ? ink(seen.x) : scatter(seen.x, seen.y, Boolean(seen.classes));
  return html`<svg viewBox="0 0 ${SIDE} ${SIDE}" aria-hidden="true">${marks}</svg>`;
}

/** The first four pictures of eight by eight points. @param {number[][]} x */
function ink(x) {
  const most = Math.max(...x[0]) || 1;
  const cell = SIDE / 16;
  return x.slice(0, 4).flatMap((row, k) => row.map((v, i) => (v / most < 0.15 ? nothing
    : svg`<rect class="ink" x=${((k % 2) * 8 + (i % 8)) * cell} y=${(Math.floor(k / 2) * 8 + Math.floor(i / 8)) * cell} width=${cell} height=${cell} opacity=${Math.min(1, v / most).toFixed(2)}></rect>`)));
}

/** Classes over the last two columns; a number over the only one. @param {number[][]} x @param {number[][]} y @param {boolean} classes */
function scatter(x, y, classes) {
  const width = x[0].length;
  const across = x.map((row) => row[Math.max(0, width - 2)]);
  const up = width > 1 ? x.map((row) => row[width - 1]) : y.map((row) => row[0]);
  const [u, v] = [spread(across), spread(up)];
  const size = x.length > 40 ? 2 : x.length > 12 ? 3 : 5;
  return across.map((a, i) => mark(u(a), SIDE - v(up[i]), size, classes ? kindOf(y[i]) : 1));
}

/** @param {number[]} values */
function spread(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (/** @type {number} */ v) => EDGE + ((v - low) / (high - low || 1)) * (SIDE - 2 * EDGE);
}

/** @param {number[]} row */
const kindOf = (row) => (row.length > 1 ? row.indexOf(Math.max(...row)) + 2 : Math.round(row[0]));

/** Classes differ in shape as well as in colour. @param {number} x @param {number} y @param {number} size @param {number} kind */
function mark(x, y, size, kind) {
  const colour = kind > 1 ? `k${(kind - 2) % 5}` : kind ? "one" : "zero";
  if (kind % 2) return svg`<circle class="dot ${colour}" cx=${x} cy=${y} r=${size}></circle>`;
  return svg`<rect class="dot ${colour}" x=${x - size * 0.9} y=${y - size * 0.9} width=${size * 1.8} height=${size * 1.8}></rect>`;
}
