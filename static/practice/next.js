/** Which exercise comes next: the level rises after successes. */

/** @typedef {import("./progress.js").Place} Place */

/** So many exercises of a level, one after another, without a step shown. */
const SUCCESSES = 2;
const SEEDS = 2 ** 32;

/** @param {Place} here @param {import("./progress.js").Progress["finished"]} finished @param {number} levels @returns {Place} */
export function nextOf({ template, level, seed }, finished, levels) {
  const last = finished.filter((one) => one.template === template && one.level === level).slice(-SUCCESSES);
  const risen = last.length === SUCCESSES && last.every((one) => one.alone);
  return { template, level: risen ? Math.min(level + 1, levels) : level, seed: (seed + 1) % SEEDS };
}

/** Another of the same template and level. @param {Place} here @param {number} chance  from 0 to 1 @returns {Place} */
export const anotherOf = ({ template, level, seed }, chance) => ({ template, level, seed: (seed + 1 + Math.floor(chance * 9998)) % 9999 });
