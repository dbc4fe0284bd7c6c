/** Several loss curves in one chart: their scales, their ends, and what a cursor reads on all of them. */

/**
 * @typedef {{iteration: number, of: number, epoch: number, per_epoch: number, loss?: number, accuracy?: number, held_out_loss?: number,
 *   curve: {iterations: number[], loss: number[]}, stopped?: string | null, at?: number | null, node?: string | null,
 *   final?: {loss: any, accuracy?: number}, network?: string, outputs?: any[], probabilities?: any[] | null}} Run
 * @typedef {{iterations: number[], low: number[], high: number[]}} Band
 * @typedef {{w: number, h: number, left: number, right: number, top: number, bottom: number}} Size
 * @typedef {{x: (value: number) => number, y: (loss: number) => number, back: (px: number) => number, ends: [number, number], ticks: number[], tops: number}} View
 */

/** A loss of 0 has no place on a logarithmic scale. */
const LEAST = 1e-300;
/** A curve that leaves may rise so far over the highest of the others. */
const ABOVE = 30;
/** Labels at the ends of curves stand so far apart. */
const MARKERS = 7;

/** Runs with other batches are laid over each other by epochs. @param {Run[]} runs */
export const byEpochs = (runs) => new Set(runs.map((r) => r.per_epoch)).size > 1;

/** Where an iteration of a run stands on the common axis. @param {Run} run @param {boolean} epochs */
const unit = (run, epochs) => (epochs ? run.per_epoch : 1);

/** @param {Run[]} runs @param {Size} size @returns {View} */
export function scales(runs, size) {
  const epochs = byEpochs(runs);
  const high = Math.max(1, ...runs.map((r) => (r.iteration || 1) / unit(r, epochs)));
  const all = (/** @type {Run[]} */ some) => some.flatMap((r) => r.curve.loss).filter((v) => v > LEAST).map(Math.log10);
  const calm = all(runs.filter((r) => r.stopped !== "nonfinite" && !leaves(r)));
  const wild = all(runs);
  const [bottom, top] = ends(calm.length ? calm : wild, wild);
  const [width, height] = [size.w - size.left - size.right, size.h - size.top - size.bottom];
  return {
    ends: [0, high], tops: top,
    x: (value) => size.left + (value / high) * width,
    back: (px) => Math.min(high, Math.max(0, ((px - size.left) / width) * high)),
    y: (loss) => size.top + ((top - Math.min(top, Math.log10(Math.max(loss, LEAST)))) / (top - bottom)) * height,
    ticks: decades(bottom, top),
  };
}

/** Whether a run that never left the numbers does not learn, but rises and rises. @param {Run} run */
const leaves = ({ curve: { loss } }) => loss.length > 1 && loss[loss.length - 1] > ABOVE * Math.max(loss[0], LEAST);

/** @param {number[]} calm @param {number[]} wild @returns {[number, number]} */
function ends(calm, wild) {
  if (!wild.length) return [-1, 0];
  const top = Math.min(max(wild), max(calm) + Math.log10(ABOVE));
  const bottom = Math.max(min(wild), top - 16);
  const pad = Math.max(0.02, (top - bottom) * 0.04);
  return [bottom - pad, top + pad];
}

const max = (/** @type {number[]} */ v) => v.reduce((a, b) => Math.max(a, b), -Infinity);
const min = (/** @type {number[]} */ v) => v.reduce((a, b) => Math.min(a, b), Infinity);

/** Round losses between two powers of ten, at most seven. @param {number} bottom @param {number} top */
function decades(bottom, top) {
  const steps = top - bottom < 1.2 ? [1, 2, 5] : top - bottom < 2.5 ? [1, 3] : [1];
  const marks = [];
  for (let k = Math.floor(bottom); k <= Math.ceil(top); k += 1) marks.push(...steps.map((s) => s * 10 ** k));
  const inside = marks.filter((m) => Math.log10(m) >= bottom && Math.log10(m) <= top);
  const every = Math.ceil(inside.length / 7);
  return inside.filter((_, i) => i % every === 0);
}

/** The curve of a run; what is over the top is drawn along it. @param {Run} run @param {View} view @param {boolean} epochs */
export const path = ({ curve, ...run }, view, epochs) =>
  curve.iterations.map((k, i) => `${i ? "L" : "M"}${view.x(k / unit(/** @type {Run} */ (run), epochs)).toFixed(1)} ${view.y(curve.loss[i]).toFixed(1)}`).join("");

/** The room between the least and the greatest at each iteration. @param {Band} band @param {View} view */
export function area({ iterations, low, high }, view) {
  const edge = (/** @type {number[]} */ losses) => iterations.map((k, i) => `${view.x(k).toFixed(1)} ${view.y(losses[i]).toFixed(1)}`);
  return iterations.length ? `M${[...edge(high), ...edge(low).toReversed()].join("L")}Z` : "";
}

/** The run whose curve passes nearest to a place; -1 where none does. @param {Run[]} runs @param {View} view @param {number} at @param {number} py */
export function nearest(runs, view, at, py) {
  const far = readings(runs, at).map((loss) => (loss === null ? Infinity : Math.abs(view.y(loss) - py)));
  const least = min(far);
  return Number.isFinite(least) ? far.indexOf(least) : -1;
}

/** A few places along a curve, for its marks; those of the runs do not fall together.
 * @param {Run} run @param {View} view @param {boolean} epochs @param {number} index @returns {{x: number, y: number}[]} */
export function marks(run, view, epochs, index) {
  const { iterations, loss } = run.curve;
  const n = iterations.length;
  if (n < 2) return n ? [{ x: view.x(iterations[0] / unit(run, epochs)), y: view.y(loss[0]) }] : [];
  const last = iterations[n - 1];
  const wanted = Array.from({ length: MARKERS }, (_, i) => ((i + 0.15 + 0.14 * index) / MARKERS) * last);
  return wanted.map((k) => {
    const i = near(iterations, k);
    return { x: view.x(iterations[i] / unit(run, epochs)), y: view.y(loss[i]) };
  });
}

/** @param {number[]} sorted @param {number} k */
const near = (sorted, k) => {
  const i = sorted.findIndex((x) => x >= k);
  if (i <= 0) return i < 0 ? sorted.length - 1 : 0;
  return sorted[i] - k < k - sorted[i - 1] ? i : i - 1;
};

/** What each run had lost at a place of the axis; null where it was not any more. @param {Run[]} runs @param {number} at @returns {(number | null)[]} */
export function readings(runs, at) {
  const epochs = byEpochs(runs);
  return runs.map((run) => {
    const { iterations, loss } = run.curve;
    const k = Math.max(1, at * unit(run, epochs));
    if (!iterations.length || k > iterations[iterations.length - 1] + 0.5) return null;
    return loss[near(iterations, k)];
  });
}

/** Places of labels, each as near to its own as the others let it be. @param {number[]} wanted @param {number} gap @param {number} low @param {number} high */
export function apart(wanted, gap, low, high) {
  const order = wanted.map((_, i) => i).sort((i, j) => wanted[i] - wanted[j]);
  const found = [...wanted];
  order.forEach((i, k) => { found[i] = Math.max(found[i], k ? found[order[k - 1]] + gap : low); });
  let floor = high;
  for (const i of order.toReversed()) {
    found[i] = Math.min(found[i], floor);
    floor = found[i] - gap;
  }
  return found;
}
