/** Whether a press would lead out of what a frame shows. Pure. */

/** @typedef {import("../state.js").State} State */

/** Without a graph both ends are reached, so that nobody is held up by a frame that shows none.
 * @param {State} s @param {import("../types.js").Lesson | null} lesson @returns {{first: boolean, last: boolean}} */
export function ends(s, lesson) {
  if (!s.graph) return { first: true, last: true };
  if (s.training || s.beat > 0 || (s.network && s.level !== "operation")) return { first: false, last: false };
  const total = s.graph.steps.length;
  const scenes = lesson?.scenes ?? [];
  const over = Math.min(scenes[s.scene]?.to ?? total, total);
  return {
    first: s.scene === 0 && s.step === 0 && s.symbols !== 2,
    last: s.scene + 1 >= scenes.length && s.step >= over && s.symbols !== 1,
  };
}
