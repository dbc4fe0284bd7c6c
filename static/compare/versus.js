/** A comparison as far as it has come; it lives as long as the page. */

/**
 * @typedef {{runs: import("./curves.js").Run[], drafts: import("../network/draft.js").Draft[], values: import("./fields.js").Value[], field: import("./fields.js").Field | null,
 *   running: boolean, problem: string, typed: string, cursor: number | null, rows: import("../network/requests.js").Points | null,
 *   grid: import("../network/grid.js").Grid | null}} Versus
 * `values` and `drafts` belong to the runs, `typed` is a list of values that cannot be read; `rows` and `grid` are what the
 * networks are asked about.
 */

/** @type {Versus} */
export const NOTHING = { runs: [], drafts: [], values: [], field: null, running: false, problem: "", typed: "", cursor: null, rows: null, grid: null };

/** The runs after an event; what is told more seldom stays. @param {import("./curves.js").Run[]} before @param {import("./curves.js").Run[]} now */
export const followed = (before, now) => now.map((run, i) => ({ outputs: before[i]?.outputs, probabilities: before[i]?.probabilities, ...run }));

/** The runs as they stand when nobody trains them any further. @param {import("./curves.js").Run[]} runs */
export const halted = (runs) => runs.map((run) => (run.stopped || run.iteration >= run.of ? run : { ...run, stopped: "stop" }));

/** How a run fared. @param {import("./curves.js").Run} run @returns {"waiting" | "running" | "diverged" | "stopped" | "done"} */
export function outcome(run) {
  if (run.stopped === "nonfinite") return "diverged";
  if (run.stopped) return "stopped";
  if (run.final) return "done";
  return run.iteration ? "running" : "waiting";
}
