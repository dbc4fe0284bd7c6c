/** The runs of a sweep by their settings: what the seeds of each came to, which is best, and their order in the table. */

/** @typedef {import("./swept.js").SweptRun} SweptRun */
/** @typedef {{median: number, low: number, high: number}} Spread  infinite where runs left the numbers */
/** @typedef {"loss" | "accuracy" | "held_out_loss" | "held_out_accuracy"} Measure */
/** @typedef {{index: number, settings: Record<string, any>, runs: SweptRun[], ended: number, diverged: number, failed: number, measures: Record<Measure, Spread | null>}} Group */

/** @type {Measure[]} */
export const MEASURES = ["loss", "accuracy", "held_out_loss", "held_out_accuracy"];

/** @type {WeakMap<SweptRun[], Group[]>} */
const known = new WeakMap();

/** @param {SweptRun[]} runs @returns {Group[]} */
export function groupsOf(runs) {
  const kept = known.get(runs);
  if (kept) return kept;
  /** @type {Map<string, SweptRun[]>} */
  const by = new Map();
  for (const run of runs) {
    const key = JSON.stringify(run.settings);
    by.set(key, [...(by.get(key) ?? []), run]);
  }
  const held = runs.some((r) => typeof r.held_out_loss === "number");
  const made = [...by.values()].map((some, index) => grouped(some, index, held));
  known.set(runs, made);
  return made;
}

/** @param {SweptRun[]} runs @param {number} index @param {boolean} held  whether rows were held out @returns {Group} */
function grouped(runs, index, held) {
  const count = (/** @type {string} */ state) => runs.filter((r) => r.state === state).length;
  const measures = /** @type {Group["measures"]} */ (Object.fromEntries(MEASURES.map((m) => [m, m === "held_out_loss" && !held ? null : spread(runs.flatMap((r) => valuesOf(r, m)))])));
  return { index, settings: runs[0].settings, runs, ended: runs.length - count("waiting"), diverged: count("diverged"), failed: count("failed"), measures };
}

/** What a run came to; one that diverged has lost without bound. @param {SweptRun} run @param {Measure} measure @returns {number[]} */
export function valuesOf(run, measure) {
  if (run.state === "diverged") return measure.endsWith("loss") ? [Infinity] : [];
  const value = run[measure];
  if (run.state !== "done" || value === null || value === undefined) return [];
  return [typeof value === "number" ? value : Infinity];
}

/** @param {number[]} values @returns {Spread | null} */
export function spread(values) {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const median = sorted.length % 2 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
  return { median, low: sorted[0], high: sorted[sorted.length - 1] };
}

/** By what a sweep is judged: rows that were held out where there are some. @param {Group[]} groups @returns {Measure} */
export const judgedBy = (groups) => (groups.some((g) => g.measures.held_out_loss) ? "held_out_loss" : "loss");

/** Groups from the best to the worst. @param {Group[]} groups */
export function ranked(groups) {
  const measure = judgedBy(groups);
  const of = (/** @type {Group} */ g) => g.measures[measure]?.median ?? Infinity;
  return [...groups].sort((a, b) => compare(of(a), of(b)) || a.index - b.index);
}

/** The group with the least median; null where there is none, or none to compare it with. @param {Group[]} groups */
export function bestOf(groups) {
  const [first] = ranked(groups);
  return groups.length > 1 && Number.isFinite(first?.measures[judgedBy(groups)]?.median) ? first : null;
}

/** Less before more, and texts by their letters. @param {any} a @param {any} b */
const compare = (a, b) => (a === b ? 0 : typeof a === "number" && typeof b === "number" ? (a < b ? -1 : 1) : String(a).localeCompare(String(b)));

/** In the order that was asked for; what is not known stands last. @param {Group[]} groups @param {{by: string, down: boolean} | null} sort  a measure, or `settings.` and a name */
export function ordered(groups, sort) {
  if (!sort) return groups;
  const of = (/** @type {Group} */ g) => (sort.by.startsWith("settings.") ? g.settings[sort.by.slice("settings.".length)] : g.measures[/** @type {Measure} */ (sort.by)]?.median) ?? null;
  const both = (/** @type {Group} */ a, /** @type {Group} */ b) => {
    const [x, y] = [of(a), of(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return compare(x, y) * (sort.down ? -1 : 1);
  };
  return [...groups].sort((a, b) => both(a, b) || a.index - b.index);
}
