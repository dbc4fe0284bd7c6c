/** Where the playhead stands in a pass that is drawn from its beginning to its end. */

/** @typedef {import("../player.js").Position} Position */

/** Step by step or beat by beat, and before the first.
 * @param {import("../types.js").Graph} graph @param {boolean} beats @returns {Position[]} */
export function positions(graph, beats) {
  const all = [{ step: 0, beat: 0 }];
  graph.steps.forEach((step, i) => {
    const more = !beats ? 0 : step.phase === "backward" ? (step.source ? 2 : 0) : 1;
    for (let beat = 1; beat <= more; beat += 1) all.push({ step: i, beat });
    all.push({ step: i + 1, beat: 0 });
  });
  return all;
}
