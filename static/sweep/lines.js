/** The curves of a sweep: of each of its settings the median over the seeds, and the room between the least and the most. */
import { readings } from "../compare/curves.js";
import { spread } from "./groups.js";

/** @typedef {import("../compare/curves.js").Run} Run */
/** @typedef {import("./groups.js").Group} Group */
/** @typedef {import("../compare/curves.js").Band} Band */
/** @typedef {{run: Run, band: Band | null, runs: Run[]}} Line  the median, the room of the seeds, and the runs themselves */

/** So many curves have a colour and a line of their own. */
export const MOST_LINES = 6;

/** A run as the curves and their table take it. @param {import("./swept.js").SweptRun} run @param {number} of @returns {Run} */
export const asRun = (run, of) => ({
  iteration: run.iterations ?? 0, of, epoch: 0, per_epoch: 1, loss: run.loss, curve: run.curve ?? { iterations: [], loss: [] },
  stopped: run.state === "diverged" ? "nonfinite" : null, at: run.diverged_at, node: run.node, ...(run.state === "done" ? { final: { loss: run.loss } } : {}),
});

/** @type {WeakMap<Group, Line>} */
const known = new WeakMap();

/** @param {Group} group @param {number} of  iterations of each run @returns {Line} */
export function lineOf(group, of) {
  const kept = known.get(group);
  if (kept) return kept;
  const runs = group.runs.filter((r) => r.curve?.iterations.length).map((r) => asRun(r, of));
  const made = runs.length > 1 ? middle(runs, of) : { run: runs[0] ?? asRun({ ...group.runs[0], curve: null }, of), band: null, runs };
  known.set(group, made);
  return made;
}

/** A seed that has left the numbers counts as higher than all others, and the median ends where it is one of those.
 * @param {Run[]} runs @param {number} of @returns {Line} */
function middle(runs, of) {
  const { iterations } = runs.reduce((a, b) => (b.curve.iterations.length > a.curve.iterations.length ? b : a)).curve;
  const at = iterations.map((k) => {
    const read = readings(runs, k);
    return { there: read.filter((v) => v !== null), all: spread(read.map((v) => v ?? Infinity)) };
  });
  const end = at.findIndex(({ all }) => !Number.isFinite(all?.median ?? Infinity));
  const upTo = end < 0 ? iterations.length : end;
  const left = end >= 0;
  const run = {
    iteration: left ? iterations[upTo - 1] ?? 0 : of, of, epoch: 0, per_epoch: 1, stopped: left ? "nonfinite" : null,
    curve: { iterations: iterations.slice(0, upTo), loss: at.slice(0, upTo).map(({ all }) => all?.median ?? 0) },
  };
  return { run, runs, band: { iterations, low: at.map(({ there }) => Math.min(...there)), high: at.map(({ there }) => Math.max(...there)) } };
}
