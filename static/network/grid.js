/** Where a network is asked for its picture: over the plane for two inputs, along the line for one, else at its rows. */

/** @typedef {{kind: "plane" | "line" | "rows", spans: number[][], size: number, x: number[][]}} Grid */

const ACROSS = 41;
const ALONG = 121;
const MARGIN = 0.18;

/** @param {{x: number[][]}} rows @returns {Grid} */
export function gridOf({ x }) {
  const width = x[0]?.length ?? 0;
  if (width === 1) return { kind: "line", spans: [span(x, 0)], size: ALONG, x: line(span(x, 0), ALONG).map((v) => [v]) };
  if (width !== 2) return { kind: "rows", spans: [], size: x.length, x };
  const spans = [span(x, 0), span(x, 1)];
  const across = line(spans[0], ACROSS);
  return { kind: "plane", spans, size: ACROSS, x: line(spans[1], ACROSS).flatMap((v) => across.map((u) => [u, v])) };
}

/** @param {number[][]} rows @param {number} k */
function span(rows, k) {
  const values = rows.map((r) => r[k]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low || 1) * MARGIN;
  return [low - pad, high + pad];
}

/** @param {number[]} ends @param {number} n */
const line = ([low, high], n) => Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));

/** How often each class was taken for each: rows are the truth, columns the answer.
 * @param {number[][]} outputs @param {number[][]} y */
export function confusion(outputs, y) {
  const classOf = (/** @type {number[]} */ row) => (row.length === 1 ? Number(row[0] > 0.5) : row.indexOf(Math.max(...row)));
  const n = y[0].length === 1 ? 2 : y[0].length;
  const table = Array.from({ length: n }, () => Array(n).fill(0));
  outputs.forEach((row, i) => {
    table[classOf(y[i])][classOf(row)] += 1;
  });
  return table;
}
