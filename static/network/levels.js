/**
 * How far one press moves through a training, from a single operation to the whole run, and which
 * stretch of the run the track above the timeline then shows.
 */

/** @typedef {{furthest: number, phase?: string, batch: {index: number, of: number}}} Run  how far a network has come, and where in its epoch it is looked at */

export const LEVELS = ["operation", "phase", "iteration", "epoch", "run"];
/** Where every row is in each batch, an epoch is no stretch: so many iterations are one. */
const STRETCH = 50;
/** So many epochs stand on the track together. */
const EPOCHS = 20;

/** Whether the pass that is shown is still to come: the first one, or the one after a change that renews the batches. @param {number} at @param {Run} run */
export const isToCome = (at, run) => at === 0 || run.phase === "start";

/** The pass that is shown, counted from 1. @param {number} at @param {Run} run */
export const passOf = (at, run) => (isToCome(at, run) ? at + 1 : at);

/** The iteration to ask for, with the pass that led there; below 0 what is to come is shown as the network stands. @param {{at: number, net: Run | null}} seen */
export const askedAt = ({ at, net }) => (at > 0 && net?.phase === "start" ? -1 : at);

/** One level coarser or finer. @param {string} level @param {1 | -1} by */
export const zoomed = (level, by) => LEVELS[Math.min(LEVELS.length - 1, Math.max(0, LEVELS.indexOf(level) + by))];

/** The end of the next iteration, epoch or run; past what was reached, training has to go on.
 * @param {string} level @param {number} at @param {Run} run */
export function after(level, at, run) {
  const { furthest, batch } = run;
  if (level === "run") return Math.max(furthest, 1);
  if (level !== "epoch") return at + 1;
  return passOf(at, run) + batch.of - 1 - batch.index + (isToCome(at, run) || batch.index < batch.of - 1 ? 0 : batch.of);
}

/** The end of the iteration, epoch or run before; 0 is the very beginning. @param {string} level @param {number} at @param {Run} run */
export function before(level, at, run) {
  if (level === "run") return 0;
  return Math.max(0, passOf(at, run) - 1 - (level === "epoch" ? run.batch.index : 0));
}

/** The first step after the phase that stands at `step`. @param {{phase: string}[]} steps @param {number} step */
export function nextPhase(steps, step) {
  if (step >= steps.length) return step;
  const found = steps.findIndex((s, i) => i > step && s.phase !== steps[step].phase);
  return found < 0 ? steps.length : found;
}

/** Where the phase that was just done began. @param {{phase: string}[]} steps @param {number} step */
export function lastPhase(steps, step) {
  let at = step;
  while (at > 0 && steps[at - 1].phase === steps[step - 1].phase) at -= 1;
  return at;
}

/** The iterations that the track shows, both ends among them. @param {string} level @param {number} at @param {Run} run */
export function stretch(level, at, run) {
  const { furthest, batch } = run;
  if (level === "run") return { from: 0, to: Math.max(1, furthest) };
  const length = level === "epoch" ? batch.of * EPOCHS : batch.of > 1 ? batch.of : STRETCH;
  const end = passOf(at, run) + batch.of - 1 - batch.index;
  const last = Math.max(1, Math.ceil(end / length)) * length;
  // Epochs begin where the order of batches began, which a change of the batch size moves.
  const shift = length === batch.of ? end - last : 0;
  return { from: Math.max(0, last + shift - length), to: last + shift };
}
