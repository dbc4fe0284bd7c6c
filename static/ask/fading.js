/** Fading: the first example is worked, then the learner does the last step, the last two, and so on to the first. */

/** The last so many questions. @template T @param {T[]} questions @param {number} level @returns {T[]} */
export const fadedFrom = (questions, level) => (level > 0 ? questions.slice(-level) : []);

/** How many steps are left to the learner next: one more if all of these were done alone.
 * @param {number} level @param {boolean} alone @param {number} most */
export const nextLevel = (level, alone, most) => (alone ? Math.min(level + 1, most) : level);

/** A name under which a browser keeps the level of an example. @param {string} lesson @param {string} scene @param {string} program */
export const nameOf = (lesson, scene, program) => `fading.${lesson ? `${lesson}.${scene}` : hash(program)}`;

/** The level and the round as a browser keeps them. @param {{level: number, round: number}} place */
export const printRound = ({ level, round }) => `${level} ${round}`;

/** @param {string} text @returns {{level: number, round: number}} */
export function readRound(text) {
  const [level, round] = text.split(" ").map((part) => Math.trunc(Number(part)) || 0);
  return { level, round: round ?? level };
}

/** @param {string} text */
function hash(text) {
  let found = 7;
  for (const sign of text) found = (found * 31 + (sign.codePointAt(0) ?? 0)) | 0;
  return (found >>> 0).toString(36);
}
