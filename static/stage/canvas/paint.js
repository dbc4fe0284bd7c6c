/**
 * One card on a canvas: the same face as in SVG, in the units of the world. Whether it takes part in
 * the active step is shown by the layer above, so that a card is painted again only when its numbers change.
 */
import { cellsOf } from "../cells.js";
import { fitted } from "../text.js";
import { shadeColour } from "./palette.js";
import { write, writeRuns } from "./pen.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("../face.js").Face} Face */
/** @typedef {{card: import("../describe.js").Card, at: import("../layout.js").Rect, face: Face, frame: import("../../player.js").NodeFrame, stale: boolean}} Shown */

const ROUND = 12;

/** Draw a card and tell what was written on it, tone and text in turn. @param {Pen} pen @param {Shown} shown
 * @param {import("../face.js").Style} style @param {Palette} palette @returns {string[]} */
export function paintCard(pen, shown, style, palette) {
  const { at: { x, y, w, h }, face } = shown;
  if (style.level === "bars") return paintBars(pen, shown, palette);
  plate(pen, shown, palette);
  pen.globalAlpha = shown.stale ? 0.35 : 1;
  if (style.level === "colours") {
    pen.save();
    outline(pen, x, y, w, h);
    pen.clip();
    for (const tile of face.tiles) fill(pen, shadeColour(tile.shade, palette), x + tile.x, y + tile.y, tile.w, tile.h);
    bars(pen, shown, palette);
    pen.restore();
    outline(pen, x, y, w, h);
    pen.stroke();
    return [];
  }
  const written = paintText(pen, shown, style, palette);
  pen.globalAlpha = 1;
  return written;
}

/** @param {Pen} pen @param {Shown} shown @param {Palette} palette */
function paintBars(pen, shown, palette) {
  const { at: { x, y, w, h }, frame } = shown;
  fill(pen, frame.hasValue ? palette.paper : palette.rest, x, y, w, h);
  bars(pen, shown, palette);
  return [];
}

/** @param {Pen} pen @param {Shown} shown @param {Palette} palette */
function bars(pen, { at, face }, palette) {
  for (const bar of face.bars) fill(pen, bar.tone === "value" ? palette.fwd : palette.bwd, at.x + bar.x, at.y + bar.y, bar.w, bar.h);
}

/** @param {Pen} pen @param {Shown} shown @param {Palette} palette */
function plate(pen, { at: { x, y, w, h }, frame: { hasValue } }, palette) {
  outline(pen, x, y, w, h);
  pen.fillStyle = hasValue ? palette.paper : palette.bg;
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = hasValue ? palette.line : palette.idle;
  pen.setLineDash(hasValue ? [] : [5, 5]);
  pen.stroke();
  pen.setLineDash([]);
}

/** @param {Pen} pen @param {Shown} shown @param {import("../face.js").Style} style @param {Palette} palette */
function paintText(pen, { card, at: { x, y }, face }, { m }, palette) {
  pen.fillStyle = palette.ink;
  pen.textAlign = "left";
  writeRuns(pen, card.name, x + m.pad, y + m.line * 1.02, m.name, m.least, palette);
  if (face.sign) paintSign(pen, face.sign, x, y, m.least, palette);
  const cells = face.grids.flatMap((grid) => paintGrid(pen, grid, x, y, palette));
  return [...cells, ...face.lines.flatMap((line) => paintLine(pen, line, x + line.x, y + line.y, m.least, palette))];
}

/** @param {Pen} pen @param {NonNullable<Face["sign"]>} sign @param {number} left @param {number} top @param {number} least @param {Palette} palette */
function paintSign(pen, { x, y, w, h, size, runs }, left, top, least, palette) {
  pen.beginPath();
  pen.roundRect(left + x, top + y, w, h, h / 2);
  pen.fillStyle = palette.bg;
  pen.fill();
  pen.strokeStyle = palette.line;
  pen.lineWidth = 1;
  pen.stroke();
  pen.fillStyle = palette.ink;
  writeRuns(pen, runs, left + x + w / 2, top + y + h / 2 + size * 0.36, size, least, palette, true);
}

/** @param {Pen} pen @param {import("../face.js").Line} line @param {number} x @param {number} y @param {number} least @param {Palette} palette */
function paintLine(pen, { tone, size, text = "", runs, lead, middle }, x, y, least, palette) {
  pen.fillStyle = toneColour(tone, palette);
  if (runs) writeRuns(pen, runs, x, y, size, least, palette, middle);
  else write(pen, text, x + (lead?.room ?? 0), y, size, palette, tone === "hole" ? "400" : "600");
  if (lead) write(pen, lead.text, x, y, lead.size, palette, "400");
  return [tone, runs ? runs.map((r) => r.text).join("") : text];
}

/** @param {Pen} pen @param {import("../cells.js").Grid} grid @param {number} left @param {number} top @param {Palette} palette */
function paintGrid(pen, grid, left, top, palette) {
  const { columns, rows, size, tone, cell: [w, h] } = grid;
  const [x0, y0] = [left + grid.x, top + grid.y];
  pen.lineWidth = 1;
  const written = cellsOf(grid).flatMap(({ text, shade }, k) => {
    const [x, y] = [x0 + (k % columns) * w, y0 + Math.floor(k / columns) * h];
    if (shade !== "empty") fill(pen, shadeColour(shade, palette), x, y, w, h);
    pen.strokeStyle = palette.line;
    pen.strokeRect(x, y, w, h);
    if (!size || !text) return [];
    pen.textAlign = "center";
    pen.fillStyle = text === "?" ? palette.soft : palette.ink;
    write(pen, text, x + w / 2, y + h / 2 + size * 0.36, fitted(text, size, w - 4), palette, "500");
    pen.textAlign = "left";
    return [tone, text];
  });
  pen.strokeStyle = toneColour(tone, palette);
  pen.lineWidth = 2;
  pen.strokeRect(x0, y0, columns * w, rows * h);
  return written;
}

/** @param {string} tone @param {Palette} palette */
const toneColour = (tone, palette) =>
  tone === "hole" ? palette.soft : tone.startsWith("grad") ? palette.bwd : tone.includes("fresh") ? palette.loc : palette.fwd;

/** @param {Pen} pen @param {number} x @param {number} y @param {number} w @param {number} h */
function outline(pen, x, y, w, h) {
  pen.beginPath();
  pen.roundRect(x, y, w, h, ROUND);
}

/** @param {Pen} pen @param {string} colour @param {number} x @param {number} y @param {number} w @param {number} h */
function fill(pen, colour, x, y, w, h) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, w, h);
}
