/**
 * The way through a batch: each of its rows by itself, then their mean, then the one update. The
 * stage shows a row's own pass at its station, and the mean of these passes at the last two.
 */

/** @typedef {{phase: string}[]} Steps */
/** @typedef {{rows: string, step: number, graph: {steps: Steps} | null}} Seen */

export const MEAN = "mean";
export const UPDATE = "update";

/** @param {{batch: {rows: number[]}}} net */
export const stations = (net) => [...net.batch.rows.map(String), MEAN, UPDATE];

/** The number of steps before the update. @param {Steps} steps */
export function beforeUpdate(steps) {
  const first = steps.findIndex((s) => s.phase === "update");
  return first < 0 ? steps.length : first;
}

/** The station that the stage shows; "" is the whole batch at once. @param {Seen} seen */
export const station = ({ rows, step, graph }) =>
  (rows === MEAN && graph && step > beforeUpdate(graph.steps) ? UPDATE : rows);

/** Of how many rows the gradient is known: of those passed, and of the present one when its pass is
 * done; at the mean, and with the whole batch, of all.
 * @param {Seen} seen @param {{batch: {rows: number[]}}} net */
export function known(seen, net) {
  const at = net.batch.rows.map(String).indexOf(seen.rows);
  if (at < 0) return net.batch.rows.length;
  return at + Number(seen.graph !== null && seen.step >= beforeUpdate(seen.graph.steps));
}

/** Where the playhead comes to stand at a station; null leaves it. @param {string} name @param {Steps} steps */
export function stepAt(name, steps) {
  if (name === MEAN) return beforeUpdate(steps);
  return name === UPDATE ? Math.min(steps.length, beforeUpdate(steps) + 1) : null;
}
