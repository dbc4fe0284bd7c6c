/** Where the asking stands: what lives only as long as the page. */

/** @typedef {import("../wire.d.ts").AnswerVerdict} Verdict */
/**
 * @typedef {{done: string[], missed: string[], next: number, key: string, attempt: number, verdict: Verdict | null, busy: boolean,
 *   settled: {said: string, step: number, beat: number} | null, level: number, kept: string}} Asking  `key`: of the question that attempt and verdict belong to; `kept`: the example that the level belongs to
 */

/** @type {Asking} */
export const AT_EASE = { done: [], missed: [], next: -1, key: "", attempt: 1, verdict: null, busy: false, settled: null, level: 0, kept: "" };
