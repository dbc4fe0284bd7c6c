/** From columns to places: gaps that fill the stage, corners of the boxes, stops of the links. */
/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./problem.js").Problem} Problem */
/** @typedef {import("./problem.js").Places} Places */

/** So often the gap between rows is halved between too narrow and too wide. */
const HALVINGS = 7;
/** How wide a gap is at best, in terms of how far its lines rise or fall on average. */
const SLOPE = 0.7;

/** @typedef {(gap: number) => {y: Float64Array, height: number}} Measure  the middles of all cells for a gap between rows */

/** @param {Problem} problem @param {Cells} cells @param {number[][]} columns @param {Measure} measure @returns {Places} */
export function placed({ w, h, gaps, stage }, cells, columns, measure) {
  const widths = columns.map((column) => column.reduce((most, v) => (v < cells.boxes ? Math.max(most, w[v]) : most), 0));
  const solid = widths.reduce((a, b) => a + b, 0);
  const between = columns.length - 1;
  const tight = measure(gaps.rows[0]);
  const zoom = Math.max(stage.least, Math.min(stage.zoom, stage.w / (solid + gaps.columns[0] * between), stage.h / tight.height));
  const even = Math.min(gaps.columns[1], Math.max(gaps.columns[0], (stage.w / zoom - solid) / Math.max(1, between)));
  const { y, height } = stretched(measure, gaps.rows, stage.h / zoom, tight);
  const spare = height * zoom > stage.h ? (height * stage.w) / stage.h - solid - even * between : 0;
  const room = wider(cells, y, even, spare);
  const left = widths.map(() => 0);
  for (let c = 0; c < between; c += 1) left[c + 1] = left[c] + widths[c] + room[c];
  return {
    x: w.map((own, v) => left[cells.column[v]] + (widths[cells.column[v]] - own) / 2), y: h.map((own, v) => y[v] - own / 2),
    starts: cells.starts.map((k) => 2 * k), stops: stopsOf(cells, left, widths, y), width: left[between] + widths[between], height,
  };
}

/** Gaps between columns: where a picture is taller than the stage, steep lines get of the width that
 * is left over beside it. @param {Cells} cells @param {Float64Array} y @param {number} even @param {number} spare */
function wider({ column, columns, down: { start, items } }, y, even, spare) {
  const [rise, lines] = [new Float64Array(columns), new Float64Array(columns)];
  for (let v = 0; v < y.length; v += 1) {
    for (let k = start[v]; k < start[v + 1]; k += 1) rise[column[v]] += Math.abs(y[items[k]] - y[v]);
    lines[column[v]] += start[v + 1] - start[v];
  }
  const more = rise.map((all, c) => Math.max(0, (all / (lines[c] || 1)) * SLOPE - even));
  const share = Math.min(1, Math.max(0, spare) / (more.reduce((a, b) => a + b, 0) || 1));
  return more.map((own) => even + own * share);
}

/** The widest gap between rows whose picture still fits. @param {Measure} measure @param {number[]} rows @param {number} room
 * @param {ReturnType<Measure>} tight */
function stretched(measure, [low, high], room, tight) {
  let best = tight;
  for (let i = 0; i < HALVINGS && tight.height <= room; i += 1) {
    const middle = (low + high) / 2;
    const found = measure(middle);
    if (found.height <= room) [low, best] = [middle, found];
    else high = middle;
  }
  return best;
}

/** A link passes a column on one height, from its left side to its right one. @param {Cells} cells @param {number[]} left
 * @param {number[]} widths @param {Float64Array} y */
function stopsOf({ bends, column }, left, widths, y) {
  const stops = new Float64Array(4 * bends.length);
  bends.forEach((v, i) => stops.set([left[column[v]], y[v], left[column[v]] + widths[column[v]], y[v]], 4 * i));
  return stops;
}
