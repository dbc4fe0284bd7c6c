/** Where the asking stands: what lives only as long as the page. */

/** @typedef {import("../wire.d.ts").AnswerVerdict} Verdict */
/**
 * @typedef {{done: string[], missed: string[], next: number, key: string, attempt: number, verdict: Verdict | null, busy: boolean,
 *   settled: {said: string, step: number, beat: number} | null, level: number, round: number, kept: string, drawn: {seed: number, values: Record<string, any>} | null}} Asking  `key`: of the question that attempt and verdict belong to; `kept`: the example that the level and the round belong to; `drawn`: its numbers of this round
 */

/** @type {Asking} */
export const AT_EASE = { done: [], missed: [], next: -1, key: "", attempt: 1, verdict: null, busy: false, settled: null, level: 0, round: 0, kept: "", drawn: null };
