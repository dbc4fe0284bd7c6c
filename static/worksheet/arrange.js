/** What stands on which sheet, in millimetres: upright, or across for a wide graph; text, drawing, new weights, working. */
import { cut } from "./cuts.js";
import { CELL, PAPER, SHEETS, UNITS } from "./paper.js";

/** @typedef {import("./paper.js").Turn} Turn */
/** @typedef {import("../stage/layout.js").Rect} Rect */
/** @typedef {{w: number, h: number}} Size */
/** @typedef {{name: string, rows: number, columns: number}} Asked  a new weight that is asked for */
/** @typedef {{task: string, program: string[], updates: Asked[]}} Told */
/** @typedef {(typeof WAYS)[number]} Way */
/** @typedef {{turn: Turn, way: Way, pieces: Rect[], scale: number, work: boolean}} Arranged  `work`: there is room for it */

/** The drawing under the text with the new weights below it, with those on the back, or on sheets of its own behind the text. */
export const WAYS = /** @type {const} */ (["same", "back", "apart"]);

/** Heights of a sheet's parts, and widths of a letter: all as the style sheet sets them, rather more. */
const HEAD = { tall: 22, wide: 13 };
const [FOOT, GAP, LINE, LETTER, MONO, LABEL] = [6, 3, 5.1, 1.95, 2.14, 16];
/** Above a drawing on a sheet of its own. */
const RUNNING = 22;
/** The least room for working. */
const WORK = 28;
/** A drawing is not turned for less than so much more size. */
const WORTH = 1.12;

/** Columns of a program, so that its lines are whole. @param {string[]} lines @param {Turn} turn */
export const columnsOf = (lines, turn) => Math.max(1, Math.min(4, lines.length, Math.floor(SHEETS[turn].w / ((Math.max(...lines.map((l) => l.length)) + 4) * MONO))));

/** What is left for the drawing under the text. @param {Told} told @param {Turn} turn @returns {Size} */
export function roomFor({ task, program }, turn) {
  const { w, h } = SHEETS[turn];
  const rows = Math.ceil(program.reduce((n, line) => n + Math.ceil(((line.length + 1) * MONO) / w), 0) / columnsOf(program, turn));
  const text = HEAD[turn] + Math.ceil((task.length * LETTER) / w) * LINE + rows * LINE + FOOT + 4 * GAP;
  return { w, h: Math.max(0, h - text) };
}

/** @param {Asked[]} updates @param {number} width */
export function heightOf(updates, width) {
  if (!updates.length) return 0;
  let [used, height, row] = [0, LINE + GAP, 0];
  for (const { rows, columns } of updates) {
    const w = LABEL + columns * CELL.w + 8;
    if (used + w > width && used > 0) [used, height, row] = [0, height + row, 0];
    used += w;
    row = Math.max(row, rows * CELL.h + GAP);
  }
  return height + row + GAP;
}

/** The room of a drawing, in millimetres. @param {Told} told @param {Turn} turn @param {Way} way @returns {Size} */
function roomOf(told, turn, way) {
  if (way === "apart") return { w: SHEETS[turn].w, h: SHEETS[turn].h - RUNNING };
  const { w, h } = roomFor(told, turn);
  return { w, h: Math.max(1, way === "same" ? h - heightOf(told.updates, w) - GAP : h) };
}

/** In units, for the layout. @param {Told} told @param {Turn} turn @param {Way} way @returns {Size} */
export function unitsFor(told, turn, way) {
  const { w, h } = roomOf(told, turn, way);
  return { w: w * UNITS, h: h * UNITS };
}

/** A drawing that was placed for that room; null if it would be too small, and another way is left.
 * @param {Told} told @param {Turn} turn @param {Way} way @param {Rect[]} cards @param {Rect} whole @returns {Arranged | null} */
export function arrange(told, turn, way, cards, whole) {
  const room = roomOf(told, turn, way);
  const scale = scaleIn(room, whole);
  if (scale >= 1) {
    const left = way === "same" ? room.h - (whole.h * scale) / UNITS - GAP : WORK;
    return { turn, way, pieces: [whole], scale, work: left >= WORK };
  }
  if (way !== "apart") return null;
  const pieces = cut(cards, unitsFor(told, turn, way));
  return { turn, way, pieces, scale: Math.min(1, ...pieces.map((piece) => scaleIn(room, piece))), work: true };
}

/** @param {Size} room @param {Size} drawing */
const scaleIn = (room, drawing) => Math.min(PAPER.maxZoom, (room.w * UNITS) / drawing.w, (room.h * UNITS) / drawing.h);

/** Sheets of one variant. @param {Arranged} one */
export const sheetsOf = (one) => ({ same: 1, back: 2, apart: 1 + one.pieces.length })[one.way];

/** Fewer sheets, then a larger drawing, then upright. @param {Arranged} tall @param {Arranged} wide */
export function better(tall, wide) {
  const [a, b] = [sheetsOf(tall), sheetsOf(wide)];
  if (a !== b) return a < b ? tall : wide;
  return wide.scale > tall.scale * WORTH ? wide : tall;
}
