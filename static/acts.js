/** The acts of one pass: forward, loss, backward and update, each a run of steps. */

/** @typedef {{phase: string, from: number, to: number}} Act  steps from … to − 1 */

/** @type {WeakMap<{phase: string}[], Act[]>} */
const kept = new WeakMap();

/** @param {{phase: string}[]} steps @returns {Act[]} */
export function actsOf(steps) {
  const found = kept.get(steps) ?? divided(steps);
  kept.set(steps, found);
  return found;
}

/** @param {{phase: string}[]} steps */
function divided(steps) {
  /** @type {Act[]} */
  const acts = [];
  steps.forEach(({ phase }, i) => {
    const last = acts.at(-1);
    if (last?.phase === phase) last.to = i + 1;
    else acts.push({ phase, from: i, to: i + 1 });
  });
  return acts;
}

/** Where an act opens: its first step done, or in beats its first question. @param {Act} act @param {boolean} beats */
export const opening = (act, beats) => (beats ? { step: act.from, beat: 1 } : { step: act.from + 1, beat: 0 });
