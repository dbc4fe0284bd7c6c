/** The layout that cannot be slow: columns by rank, each in the order of the program, edges without bends. */

/** @typedef {import("./problem.js").Problem} Problem */

/** @param {Problem} problem @returns {import("./problem.js").Places} */
export function simple({ w, h, source, target, gaps }) {
  const count = w.length;
  const column = columns(count, source, target);
  const last = column.reduce((a, b) => Math.max(a, b), 0);
  const widths = new Float64Array(last + 1);
  const heights = new Float64Array(last + 1).fill(-gaps.rows[0]);
  for (let i = 0; i < count; i += 1) {
    widths[column[i]] = Math.max(widths[column[i]], w[i]);
    heights[column[i]] += h[i] + gaps.rows[0];
  }
  const height = heights.reduce((a, b) => Math.max(a, b), 0);
  const left = new Float64Array(last + 2);
  for (let c = 0; c <= last; c += 1) left[c + 1] = left[c] + widths[c] + gaps.columns[0];
  const next = heights.map((own) => (height - own) / 2);
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i += 1) {
    const c = column[i];
    x[i] = left[c] + (widths[c] - w[i]) / 2;
    y[i] = next[c];
    next[c] += h[i] + gaps.rows[0];
  }
  return { x, y, starts: new Int32Array(source.length + 1), stops: new Float64Array(0), width: left[last + 1] - gaps.columns[0], height };
}

/** One column further than the furthest argument; leaves beside their first use. Arguments come before uses.
 * @param {number} count @param {Int32Array} source @param {Int32Array} target */
function columns(count, source, target) {
  const into = new Int32Array(count + 1);
  for (const t of target) into[t + 1] += 1;
  const leaf = Array.from({ length: count }, (_, i) => into[i + 1] === 0);
  for (let i = 0; i < count; i += 1) into[i + 1] += into[i];
  const links = new Int32Array(target.length);
  const free = into.slice();
  target.forEach((t, e) => { links[free[t]++] = e; });
  const column = new Int32Array(count);
  for (let i = 0; i < count; i += 1) {
    for (let k = into[i]; k < into[i + 1]; k += 1) column[i] = Math.max(column[i], column[source[links[k]]] + 1);
  }
  const first = new Int32Array(count).fill(count);
  source.forEach((s, e) => { first[s] = Math.min(first[s], column[target[e]]); });
  return column.map((c, i) => (leaf[i] && first[i] < count ? first[i] - 1 : c));
}
