/** From columns to places: gaps that fill the stage, corners of the boxes, stops of the links. */
/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./problem.js").Problem} Problem */
/** @typedef {import("./problem.js").Places} Places */

/** So often a gap between rows is tried that comes closer to the height of the stage, or until so small a share of it is left. */
const TRIES = 4;
const LEFT = 0.02;
/** How wide a gap is at best, in terms of how far its lines rise or fall on average. */
const SLOPE = 0.7;
/** In a graph of more boxes, links are drawn from turn to turn; so little up or down is none. */
const MANY = 400;
const LEVEL = 4;

/** @typedef {(gap: number) => {y: Float64Array, height: number}} Measure  the middles of all cells for a gap between rows */

/** @param {Problem} problem @param {Cells} cells @param {number[][]} columns @param {Measure} measure @returns {Places} */
export function placed({ w, h, gaps, stage }, cells, columns, measure) {
  const widths = columns.map((column) => column.reduce((most, v) => (v < cells.boxes ? Math.max(most, w[v]) : most), 0));
  const solid = widths.reduce((a, b) => a + b, 0);
  const between = columns.length - 1;
  const tight = measure(gaps.rows[0]);
  const zoom = Math.max(stage.least, Math.min(stage.zoom, stage.w / (solid + gaps.columns[0] * between), stage.h / tight.height));
  const even = Math.min(gaps.columns[1], Math.max(gaps.columns[0], (stage.w / zoom - solid) / Math.max(1, between)));
  const { y, height } = stretched(measure, cells, columns, gaps.rows, stage.h / zoom, tight);
  const spare = height * zoom > stage.h ? (height * stage.w) / stage.h - solid - even * between : 0;
  const room = wider(cells, y, even, spare);
  const left = widths.map(() => 0);
  for (let c = 0; c < between; c += 1) left[c + 1] = left[c] + widths[c] + room[c];
  return {
    x: w.map((own, v) => left[cells.column[v]] + (widths[cells.column[v]] - own) / 2), y: h.map((own, v) => y[v] - own / 2),
    ...(w.length > MANY ? turnsOf : stopsOf)(cells, left, widths, y), width: left[between] + widths[between], height,
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

/** About the widest gap between rows whose picture still fits; heights grow with gaps, nearly in proportion.
 * @param {Measure} measure @param {Cells} cells @param {number[][]} columns @param {number[]} rows @param {number} room @param {ReturnType<Measure>} tight */
function stretched(measure, cells, columns, [least, most], room, tight) {
  let [best, low, high, over] = [tight, least, Math.min(most, widest(cells, columns, room)), Infinity];
  for (let i = 0; i < TRIES && low < high && room - best.height > LEFT * room; i += 1) {
    const gap = over === Infinity ? high : low + (high - low) * Math.min(0.95, (room - best.height) / (over - best.height));
    const found = measure(gap);
    if (found.height > room) [high, over] = [gap, found.height];
    else if (gap === high) return found;
    else [low, best] = [gap, found];
  }
  return best;
}

/** The gap at which the fullest column fills the room. @param {Cells} cells @param {number[][]} columns @param {number} room */
function widest({ h, boxes }, columns, room) {
  return columns.reduce((gap, column) => {
    const filled = column.reduce((sum, v) => sum + h[v], 0);
    const between = column.reduce((sum, v, i) => sum + (i ? (v < boxes && column[i - 1] < boxes ? 1 : 0.5) : 0), 0);
    return between ? Math.min(gap, (room - filled) / between) : gap;
  }, Infinity);
}

/** A link passes a column on one height, from its left side to its right one. @param {Cells} cells @param {number[]} left
 * @param {number[]} widths @param {Float64Array} y */
function stopsOf({ bends, starts, column }, left, widths, y) {
  const stops = new Float64Array(4 * bends.length);
  bends.forEach((v, i) => stops.set([left[column[v]], y[v], left[column[v]] + widths[column[v]], y[v]], 4 * i));
  return { starts: starts.map((k) => 2 * k), stops };
}

/** The same without what lies between on one height: a thousand columns are passed by two stops. @param {Cells} cells @param {number[]} left
 * @param {number[]} widths @param {Float64Array} y */
function turnsOf({ bends, starts, column }, left, widths, y) {
  const [stops, begin] = [/** @type {number[]} */ ([]), new Int32Array(starts.length)];
  for (let e = 0; e + 1 < starts.length; e += 1) {
    for (let k = starts[e], from = k; k < starts[e + 1]; k += 1) {
      const [c, height] = [column[bends[k]], y[bends[from]]];
      if (k === from) stops.push(left[c], height);
      if (k + 1 < starts[e + 1] && Math.abs(y[bends[k + 1]] - height) <= LEVEL) continue;
      stops.push(left[c] + widths[c], height);
      from = k + 1;
    }
    begin[e + 1] = stops.length / 2;
  }
  return { starts: begin, stops: Float64Array.from(stops) };
}
