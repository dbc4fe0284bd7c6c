/** A sweep as far as it is known here; it lives as long as the page, and its address longer. */

/**
 * @typedef {{number: number, settings: Record<string, any>, seed: number, state: "waiting" | "done" | "diverged" | "failed", iterations: number | null,
 *   loss: any, best: {iteration: number, loss: number} | null, accuracy: number | null, held_out_loss: number | null, held_out_accuracy: number | null,
 *   diverged_at: number | null, node: string | null, seconds: number | null, parameters: string | null,
 *   curve?: {iterations: number[], loss: number[]} | null}} SweptRun
 * @typedef {{id: string, state: "queued" | "running" | "done" | "cancelled", done: number, total: number, iterations: number, runs: SweptRun[]}} Answer
 * @typedef {{answer: Answer | null, busy: boolean, problem: string, lost: string, typed: {at: number, text: string} | null,
 *   sort: {by: string, down: boolean} | null, open: number[], cursor: number | null, lit: number | null}} Swept
 * `problem` is what was refused, `lost` what is said while the server cannot be reached, `typed` a list of values that cannot
 * be read, `open` the settings whose runs are shown, `lit` those that are pointed at.
 */

/** @type {Swept} */
export const UNSEEN = { answer: null, busy: false, problem: "", lost: "", typed: null, sort: null, open: [], cursor: null, lit: null };

/** Whether the page shows a sweep, or one that is drawn up. @param {Pick<import("../state.js").State, "vary" | "sweep">} s */
export const sweeping = (s) => s.vary !== null || s.sweep !== "";

/** Whether runs may still end. @param {Answer} answer */
export const underWay = ({ state }) => state === "queued" || state === "running";
