/** What is remembered of how a training is watched and steered; it lives as long as the page. */

/**
 * @typedef {{kind: string, node: string, path: string[], text: string, before: number | null, iteration: number,
 *   advice: {name: string, text: string, change: Record<string, any> | null}[]}} Diagnosis
 * @typedef {{edges: any[], counts: number[], size: number, not_finite: number, mean: any, deviation: any}} Histogram
 * @typedef {{node: string, iteration: number, values: Histogram, grads: Histogram | null}} Spread
 * @typedef {{at: number, builds: number}} Jump  from which iteration, and after how many changes in the builder
 * @typedef {{element: string, epochs: number | null, until: number | null, goal: {from: number, to: number} | null, tempo: number, trail: Jump[], ahead: Jump[],
 *   cursor: number | null, wanted: Record<string, any>, diagnosis: Diagnosis | null, spread: Spread | null, spreadOf: string}} Steer
 *
 * `epochs` and `until` say when a training is to end, `goal` is the stretch that one is under way on and `tempo` its
 * iterations a second. `trail` and `ahead` are the jumps that can be taken
 * back and again. `cursor` is the iteration that is pointed at in the chart. `wanted` are settings that were chosen
 * and are not in force yet. `spreadOf` is the node whose histograms are wanted, `spread` what was counted.
 */

/** @type {Steer} */
export const AT_REST = { element: "", epochs: 100, until: null, goal: null, tempo: 0, trail: [], ahead: [], cursor: null, wanted: {}, diagnosis: null, spread: null, spreadOf: "" };

/** Change some of it. @param {{store: {get: () => import("../state.js").State, set: (change: Partial<import("../state.js").State>) => void}}} c
 * @param {Partial<Steer>} change */
export const steer = ({ store }, change) => store.set({ steer: { ...store.get().steer, ...change } });

/** One wish for settings on top of another. @param {Record<string, any>} one @param {Record<string, any>} other */
export const merged = (one, other) =>
  ({ ...one, ...other, ...(one.optimizer && other.optimizer ? { optimizer: { ...one.optimizer, ...other.optimizer } } : {}) });
