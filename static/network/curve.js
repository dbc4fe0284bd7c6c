/** What is known of a training by iteration: what the server keeps, and behind it what has just arrived. */

/** @typedef {import("./requests.js").Series} Series */
/** @typedef {{iteration: number, loss: any, metrics?: Record<string, any>, gradient_norm?: Record<string, any>, dead_units?: Record<string, any>, saturated_units?: Record<string, any>}} Moment */
/** @typedef {{x: number, y: number}} Point */

/** So many moments of a running training are kept; then every other one goes. */
const MOST = 2000;

/** @param {any} y @returns {number | null} */
export const finite = (y) => (typeof y === "number" && Number.isFinite(y) ? y : null);

/** @param {Moment[]} live @param {Moment} moment */
export const followed = (live, moment) => [...(live.length < MOST ? live : live.filter((_, i) => i % 2 === 0)), moment];

/** What is kept up to an iteration. @param {Series | null} series @param {number} at @returns {Series | null} */
export function cut(series, at) {
  if (!series) return null;
  const n = series.iterations.filter((x) => x <= at).length;
  const columns = (/** @type {Record<string, any[]>} */ all) => Object.fromEntries(Object.entries(all).map(([k, v]) => [k, v.slice(0, n)]));
  return {
    ...series, iterations: series.iterations.slice(0, n), loss: series.loss.slice(0, n), metrics: columns(series.metrics), gradient_norm: columns(series.gradient_norm),
    dead_units: columns(series.dead_units), saturated_units: columns(series.saturated_units), changes: series.changes.filter((c) => c.iteration <= at),
  };
}

/** With a change of settings. @param {Series | null} series @param {number} iteration @param {Record<string, any>} changed @returns {Series | null} */
export const marked = (series, iteration, changed) => series && { ...series, changes: [...series.changes.filter((c) => c.iteration !== iteration), { iteration, changed }] };

/** The points of a measure that are numbers. @param {Series} series @param {Moment[]} live
 * @param {(s: Series) => (any[] | undefined)} kept @param {(m: Moment) => any} fresh @returns {Point[]} */
export function points(series, live, kept, fresh) {
  const last = series.iterations.at(-1) ?? 0;
  const column = kept(series) ?? [];
  const all = [
    ...series.iterations.map((x, i) => ({ x, y: finite(column[i]) })),
    ...live.filter((m) => m.iteration > last).map((m) => ({ x: m.iteration, y: finite(fresh(m)) })),
  ];
  return /** @type {Point[]} */ (all.filter((p) => p.y !== null));
}

/** The running mean over about one epoch: batches differ, and the curve trembles with them.
 * @param {Point[]} all @param {number} iterations  in an epoch @returns {Point[]} */
export function averaged(all, iterations) {
  let [sum, first] = [0, 0];
  return all.map((p, i) => {
    sum += p.y;
    while (all[first].x <= p.x - iterations) sum -= all[first++].y;
    return { x: p.x, y: sum / (i - first + 1) };
  });
}

/** @param {Series} series @param {Moment[]} live */
export const trained = (series, live) => points(series, live, (s) => s.loss, (m) => m.loss);

/** @param {Series} series @param {Moment[]} live */
export const heldOut = (series, live) => points(series, live, (s) => s.metrics.held_out_loss, (m) => m.metrics?.held_out_loss);

/** All that was measured at an iteration, or at the last one before it of which there is a record.
 * @param {Series | null} series @param {Moment[]} live @param {number} at @returns {Moment | null} */
export function momentAt(series, live, at) {
  const arrived = live.findLast((m) => m.iteration <= at);
  const i = series ? series.iterations.findLastIndex((x) => x <= at) : -1;
  if (!series || i < 0 || (arrived && arrived.iteration > series.iterations[i])) return arrived ?? null;
  const row = (/** @type {Record<string, any[]> | undefined} */ columns) => Object.fromEntries(Object.entries(columns ?? {}).map(([k, v]) => [k, v[i]]));
  return {
    iteration: series.iterations[i], loss: series.loss[i], metrics: row(series.metrics),
    gradient_norm: row(series.gradient_norm), dead_units: row(series.dead_units), saturated_units: row(series.saturated_units),
  };
}

/** The iteration, among those that have a point, that lies nearest. @param {Point[]} all @param {number} x */
export const nearest = (all, x) => all.reduce((best, p) => (Math.abs(p.x - x) < Math.abs(best - x) ? p.x : best), all[0]?.x ?? 0);

/** How values become places in a chart of that size. @param {Point[]} all @param {boolean} log
 * @param {{w: number, h: number, left: number, bottom: number, top: number}} size */
export function scales(all, log, size) {
  const xs = all.map((p) => p.x);
  const low = Math.min(...xs);
  const high = Math.max(low + 1, ...xs);
  const shown = (/** @type {number} */ y) => (log ? Math.log10(Math.max(y, 1e-12)) : y);
  const ys = all.map((p) => shown(p.y));
  const bottom = log ? Math.min(...ys) : Math.min(0, ...ys);
  const top = Math.max(bottom + 1e-9, ...ys);
  const width = size.w - size.left - 4;
  const height = size.h - size.bottom - size.top;
  return {
    ends: [low, high],
    x: (/** @type {number} */ x) => size.left + ((Math.min(high, Math.max(low, x)) - low) / (high - low)) * width,
    back: (/** @type {number} */ px) => low + ((px - size.left) / width) * (high - low),
    y: (/** @type {number} */ y) => size.top + height - ((shown(y) - bottom) / (top - bottom)) * height,
    ticks: [0, 0.5, 1].map((s) => (log ? 10 ** (bottom + s * (top - bottom)) : bottom + s * (top - bottom))),
  };
}
