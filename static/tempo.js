/** How fast a pass plays: slow enough to read each step, and a long one in a minute at most. */

/** @typedef {Pick<import("./state.js").State, "graph" | "speed" | "playing" | "level" | "network">} Playing */

/** Seconds that a step of a short pass is shown, and that a whole pass takes at most. */
const SHOWN = 1.3;
const PASS = 60;
/** More steps a second than these cannot be read one by one. */
const READ = 3;

/** Steps a second. @param {Playing} state */
export const tempo = ({ graph, speed }) => speed * Math.max(1 / SHOWN, (graph?.steps.length ?? 0) / PASS);

/** Whether steps go by too fast for their sentences and formulas. @param {Playing} state */
export const hurried = (state) => state.playing && isFast(state);

/** @param {Playing} state */
export const isFast = (state) => tempo(state) > READ && !(state.network && state.level !== "operation");
