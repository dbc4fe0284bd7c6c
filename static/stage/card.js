/** One node as a card: name, sign, value and, once the backward pass has come by, its gradient. */
import { svg, nothing } from "../vendor/lit-html/lit-html.js";
import { number } from "../format.js";
import { plain, runs } from "../names.js";
import { cellSize, signWidth } from "./describe.js";
import { matrix } from "./matrix.js";
import { extent, fitted, spans } from "./text.js";

/**
 * @typedef {{card: import("./describe.js").Card, at: import("./layout.js").Rect, m: import("./metrics.js").Metrics,
 *   frame: import("../player.js").NodeFrame, digits: number | null, lang: string, numbers: boolean,
 *   output: string, selected: boolean, pointed: boolean, kept: boolean, phase: string, stale: boolean,
 *   update: import("../types.js").Update | null, role: string, t: (key: string, params?: Record<string, string | number>) => string,
 *   literal: (id: string) => string, choose: (id: string) => void, edit: (id: string) => void}} CardView
 */

/** A value in words, for the accessible name. @param {any} value @param {CardView} v */
const spoken = (value, v) =>
  Array.isArray(value) ? JSON.stringify(value, (_, x) => (typeof x === "number" ? number(x, v.digits, v.lang).text : x)).replaceAll('"', "") : number(value, v.digits, v.lang).text;

/** @param {CardView} v */
function label(v) {
  const { card, frame, t } = v;
  const parts = [plain(card.node.latex)];
  if (frame.hasValue && card.node.value !== null && v.numbers) parts.push(t("ui.ariaValue", { value: spoken(card.node.value, v) }));
  if (frame.grad === "done" && v.numbers && card.node.grad !== null) parts.push(t("ui.ariaGradient", { value: spoken(card.node.grad, v) }));
  else if (frame.grad === "partial" && v.numbers) parts.push(t("ui.ariaPartial", { value: spoken(frame.total, v) }));
  if (v.update && frame.updated && v.numbers) parts.push(t("ui.ariaUpdated", { value: spoken(v.update.new, v) }));
  return parts.join(", ");
}

/** @param {CardView} v */
export function cardView(v) {
  const { card, at, m, frame } = v;
  const leaf = card.node.op === null;
  const kinds = [
    "node", frame.state, v.phase && frame.state === "active" ? `in-${v.phase}` : "", v.selected ? "selected" : "",
    v.pointed ? "pointed" : "", v.kept ? "kept" : "", leaf ? "leaf" : "", card.data ? "data" : "",
    v.stale ? "stale" : "",
  ].filter(Boolean).join(" ");
  const press = (/** @type {KeyboardEvent} */ e) => {
    if (e.key !== "Enter") return;
    e.preventDefault();
    v.choose(card.id);
    if (leaf) v.edit(card.id);
  };
  const click = () => {
    v.choose(card.id);
    if (leaf) v.edit(card.id);
  };
  return svg`<g class=${kinds} transform="translate(${at.x} ${at.y})" data-node=${card.id} data-state=${frame.state}
      data-grad=${frame.grad === "done" ? "done" : "pending"} aria-label=${label(v)} role="group" tabindex="0"
      @click=${click} @keydown=${press}>
    <g aria-hidden="true"><rect class="halo" x="-7" y="-7" width=${at.w + 14} height=${at.h + 14} rx="17"></rect>
    <rect class="card" width=${at.w} height=${at.h} rx="12"></rect>
    <text class="name" x=${m.pad} y=${m.line * 1.02}>${spans(card.name, m.name, m.least)}</text>
    ${card.sign ? signView(card, at, m, v) : nothing}
    ${card.look === "grid" || card.look === "heat" ? gridBody(v) : scalarBody(v)}</g>
  </g>`;
}

/** @param {import("./describe.js").Card} card @param {import("./layout.js").Rect} at
 * @param {import("./metrics.js").Metrics} m @param {CardView} v */
function signView(card, at, m, v) {
  const text = (card.sign ?? "").replace(/«value:([^«»!+]*)[!+]?»/g, (_, id) => v.literal(id));
  const w = signWidth(card.sign ?? "", m);
  const h = m.sign * 1.7;
  return svg`<g class="sign" transform="translate(${at.w - w - m.pad * 0.55} ${m.pad * 0.6})"><rect width=${w} height=${h} rx=${h / 2}></rect>
    <text x=${w / 2} y=${h / 2 + m.sign * 0.36} text-anchor="middle">${spans(runs(text), m.sign, m.least)}</text></g>`;
}

/** @param {CardView} v */
function scalarBody(v) {
  const { card, at, m, frame } = v;
  const room = at.w - 2 * m.pad;
  const y = m.line * 2.05;
  if (card.look === "shape") {
    const shape = card.node.shape.join(" × ");
    return svg`<text class="value" x=${m.pad} y=${y} font-size=${fitted(shape, m.value, room)}>${frame.hasValue ? shape : ""}</text>`;
  }
  const shown = frame.updated && v.update ? v.update.new : card.node.value;
  const text = frame.hasValue && v.numbers ? number(/** @type {any} */ (shown), v.digits, v.lang).text : "";
  return svg`<text class="value ${frame.updated ? "fresh" : ""}" x=${m.pad} y=${y} font-size=${fitted(text, m.value, room)}>${text}</text>
    ${gradientLine(v, y + m.line * 1.02, room)}`;
}

/** @param {CardView} v @param {number} y @param {number} room */
function gradientLine(v, y, room) {
  const { card, m, frame } = v;
  if (frame.grad === "none") {
    return svg`<text class="hole" x=${m.pad} y=${y} font-size=${m.small}>${card.data ? v.t("ui.data") : ""}</text>`;
  }
  if (frame.grad === "pending") return svg`<text class="hole" x=${m.pad} y=${y}>${hole(v, room)}</text>`;
  if (!v.numbers) return svg`<text class="grad symbol" x=${m.pad} y=${y}>${symbol(v, m.small)}</text>`;
  const prefix = m.small * 0.95;
  const text = number(/** @type {any} */ (frame.total), v.digits, v.lang).text;
  const more = frame.grad === "partial" ? " +…" : "";
  return svg`<text class="grad ${frame.grad}" x=${m.pad} y=${y}><tspan class="d" font-size=${m.small}>∂</tspan><tspan
    x=${m.pad + prefix} font-size=${fitted(text + more, m.value, room - prefix)}>${text}${more}</tspan></text>`;
}

/** ∂f/∂x. @param {CardView} v @param {number} size */
const symbol = (v, size) => spans([{ text: `∂${v.output}/∂`, shift: "", upright: true }, ...v.card.name], size, v.m.least);

/** ∂f/∂x = ?, or shorter where it has no room. @param {CardView} v @param {number} room */
function hole(v, room) {
  const own = plain(v.card.node.latex);
  const long = `∂${v.output}/∂${own} = ?`;
  const size = Math.min(v.m.small, (v.m.small * room) / extent(long, v.m.small));
  if (size < v.m.least) return spans([{ text: "∂ ?", shift: "", upright: true }], v.m.small);
  return spans([{ text: `∂${v.output}/∂`, shift: "", upright: true }, ...v.card.name, { text: " = ?", shift: "", upright: true }], size, v.m.least);
}

/** @param {CardView} v */
function gridBody(v) {
  const { card, m, frame } = v;
  const cell = cellSize(card.look, m);
  const shared = { rows: card.rows, columns: card.columns, x: (v.at.w - card.columns * cell[0]) / 2, cell, digits: v.digits, lang: v.lang, numbers: v.numbers, size: card.look === "heat" ? 0 : m.cellText };
  const top = m.line * 1.4;
  const value = frame.updated && v.update ? v.update.new : card.node.value;
  const upper = matrix({ ...shared, value: frame.hasValue ? value : null, y: top, tone: frame.updated ? "value fresh" : "value" });
  if (frame.grad === "none") return upper;
  const known = frame.grad === "done" || frame.grad === "partial";
  const lower = matrix({ ...shared, value: known ? frame.total : null, y: top + card.rows * cell[1] + m.pad * 0.7, tone: "grad", hole: known ? "" : "?" });
  if (!known || v.numbers || card.look === "heat") return svg`${upper}${lower}`;
  const middle = top + card.rows * cell[1] * 1.5 + m.pad * 0.7 + m.small * 0.36;
  return svg`${upper}${lower}<text class="grad symbol" x=${v.at.w / 2} y=${middle}>${symbol(v, m.small)}</text>`;
}
