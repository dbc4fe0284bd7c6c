/**
 * What a card shows at this position of the playhead, printed and placed in its own corner's units,
 * before anything is drawn: SVG and canvas draw the same face.
 */
import { number } from "../format.js";
import { plain, runs } from "../names.js";
import { cellSize, signWidth } from "./describe.js";
import { marksOf } from "./level.js";
import { extent, fitted } from "./text.js";

/** @typedef {import("../names.js").Run} Run */
/** @typedef {import("./cells.js").Grid} Grid */
/** @typedef {import("../types.js").Numbers} Numbers */
/**
 * @typedef {{tone: string, x: number, y: number, size: number, text?: string, runs?: Run[], middle?: boolean,
 *   lead?: {text: string, size: number, room: number}}} Line  `lead` stands before the text and takes `room`
 * @typedef {{lines: Line[], grids: Grid[], tiles: import("./level.js").Tile[], bars: import("./level.js").Bar[], named: boolean, sign: {runs: Run[], x: number, y: number, w: number, h: number, size: number} | null,
 *   value: Numbers | null, gradient: Numbers | null}} Face  the two numbers are null until they are known
 * @typedef {import("./label.js").Manner & {m: import("./metrics.js").Metrics, level: import("./level.js").Level, scale: import("./level.js").Scale,
 *   literal: (id: string) => string}} Style
 */

/**
 * @param {import("./describe.js").Card} card @param {{w: number, h: number}} at @param {import("../player.js").NodeFrame} frame
 * @param {import("../types.js").Update | null} update @param {Style} style @returns {Face}
 */
export function faceOf(card, at, frame, update, style) {
  const fresh = frame.updated && update !== null;
  const value = frame.hasValue ? (fresh ? update.new : card.node.value) : null;
  const known = frame.grad === "done" || frame.grad === "partial";
  const shown = { value, gradient: known ? frame.total : null };
  if (style.level !== "numbers") {
    const marks = marksOf(style.numbers ? shown : { value: null, gradient: null }, frame.grad !== "none", at, style.scale, style.level);
    return { ...marks, ...shown, lines: [], grids: [], sign: null, named: false };
  }
  const view = { card, w: at.w, frame, style, tone: fresh ? "value fresh" : "value", ...shown };
  const body = card.look === "grid" || card.look === "heat" ? gridBody(view) : scalarBody(view);
  return { ...body, ...shown, tiles: [], bars: [], named: true, sign: card.sign ? signOf(card.sign, at.w, style) : null };
}

/** @typedef {{card: import("./describe.js").Card, w: number, frame: import("../player.js").NodeFrame, style: Style, tone: string,
 *   value: Numbers | null, gradient: Numbers | null}} Shown */

/** @param {string} sign @param {number} width @param {Style} style */
function signOf(sign, width, { m, literal }) {
  const text = sign.replace(/«value:([^«»!+]*)[!+]?»/g, (_, id) => literal(id));
  const w = signWidth(sign, m);
  return { runs: runs(text), x: width - w - m.pad * 0.55, y: m.pad * 0.6, w, h: m.sign * 1.7, size: m.sign };
}

/** @param {Shown} v */
function scalarBody(v) {
  const { card, frame, style: { m, digits, lang, numbers } } = v;
  const room = v.w - 2 * m.pad;
  const y = m.line * 2.05;
  if (card.look === "shape") {
    const shape = card.node.shape.join(" × ");
    return { lines: [{ tone: "value", x: m.pad, y, size: fitted(shape, m.value, room), text: frame.hasValue ? shape : "" }], grids: [] };
  }
  const text = frame.hasValue && numbers ? number(/** @type {any} */ (v.value), digits, lang).text : "";
  return { lines: [{ tone: v.tone, x: m.pad, y, size: fitted(text, m.value, room), text }, gradientLine(v, y + m.line * 1.02, room)], grids: [] };
}

/** @param {Shown} v @param {number} y @param {number} room @returns {Line} */
function gradientLine(v, y, room) {
  const { card, frame, style: { m, digits, lang, numbers, t } } = v;
  const at = { x: m.pad, y, size: m.small };
  if (frame.grad === "none") return { ...at, tone: "hole", text: card.data ? t("ui.data") : "" };
  if (frame.grad === "pending") return { ...at, ...hole(v, room), tone: "hole" };
  if (!numbers) return { ...at, tone: "grad symbol", runs: symbol(v) };
  const lead = { text: "∂", size: m.small, room: m.small * 0.95 };
  const text = number(/** @type {any} */ (v.gradient), digits, lang).text + (frame.grad === "partial" ? " +…" : "");
  return { ...at, tone: `grad ${frame.grad}`, text, size: fitted(text, m.value, room - lead.room), lead };
}

/** ∂f/∂x. @param {Shown} v @returns {Run[]} */
const symbol = ({ card, style }) => [{ text: `∂${style.output}/∂`, shift: "", upright: true }, ...card.name];

/** ∂f/∂x = ?, or shorter where it has no room. @param {Shown} v @param {number} room */
function hole(v, room) {
  const { m, output } = v.style;
  const long = `∂${output}/∂${plain(v.card.node.latex)} = ?`;
  const size = Math.min(m.small, (m.small * room) / extent(long, m.small));
  const short = size < m.least;
  /** @type {Run[]} */
  const written = short ? [{ text: "∂ ?", shift: "", upright: true }] : [...symbol(v), { text: " = ?", shift: "", upright: true }];
  return { runs: written, size: short ? m.small : size };
}

/** @param {Shown} v @returns {{lines: Line[], grids: Grid[]}} */
function gridBody(v) {
  const { card, frame, style: { m, digits, lang, numbers } } = v;
  const cell = cellSize(card.look, m);
  const shared = { rows: card.rows, columns: card.columns, x: (v.w - card.columns * cell[0]) / 2, cell, digits, lang, numbers, size: card.look === "heat" ? 0 : m.cellText };
  const [top, height] = [m.line * 1.4, card.rows * cell[1]];
  const upper = { ...shared, value: v.value, y: top, tone: v.tone };
  if (frame.grad === "none") return { lines: [], grids: [upper] };
  const known = frame.grad === "done" || frame.grad === "partial";
  const lower = { ...shared, value: v.gradient, y: top + height + m.pad * 0.7, tone: "grad", hole: known ? "" : "?" };
  const middle = { tone: "grad symbol", x: v.w / 2, y: top + height * 1.5 + m.pad * 0.7 + m.small * 0.36, size: m.small, runs: symbol(v), middle: true };
  return { lines: known && !numbers && card.look !== "heat" ? [middle] : [], grids: [upper, lower] };
}
