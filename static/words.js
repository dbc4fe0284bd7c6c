/** What steps say: it comes with the graph, and of a long pass in parts. */

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Step} Step */
/** @typedef {{graph: Graph | null, steps: Map<number, Step>}} Words  of which graph, and by number the steps that were read later */

/** So many steps are told at once, so many of them before the one that is looked at. */
export const TOLD = 240;
const BEFORE = 90;

/** @type {Words} */
export const UNREAD = { graph: null, steps: new Map() };

/** The steps to ask for around one of them. @param {number} index */
export const around = (index) => ({ start: Math.max(0, index - BEFORE), count: TOLD });

/** A step with what it says, as far as that is here. @param {Graph} graph @param {number} index @param {Words} [words] @returns {Step | null} */
export function toldStep(graph, index, words) {
  const step = graph.steps[index];
  if (!step || step.text !== undefined || words?.graph !== graph) return step ?? null;
  return words.steps.get(index) ?? step;
}

/** @type {WeakMap<Graph, boolean>} */
const parts = new WeakMap();

/** Whether only some of the steps came with what they say. @param {Graph} graph */
export function inParts(graph) {
  const found = parts.get(graph) ?? new Set(graph.steps.map((s) => s.text !== undefined)).size > 1;
  parts.set(graph, found);
  return found;
}
