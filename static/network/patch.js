/** Which changes a network takes as it stands, and which make a new one of it. */

/** @typedef {import("./draft.js").Draft} Draft */

const TAKEN = /** @type {const} */ (["name", "optimizer", "schedule", "data", "batch_size", "shuffle"]);

/** What can be asked of PATCH to come from one draft to the other; null where that takes a new network.
 * @param {Draft} from @param {Draft} to @returns {Record<string, any> | null} */
export function patchOf(from, to) {
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  /** @type {Record<string, any>} */
  const asked = {};
  for (const key of keys) {
    const [a, b] = [/** @type {any} */ (from)[key], /** @type {any} */ (to)[key]];
    if (same(a, b)) continue;
    if (!TAKEN.includes(/** @type {any} */ (key))) return null;
    asked[key] = key === "optimizer" && a.name === b.name ? changed(a, b) : b ?? null;
  }
  // Without a size of its own the batch follows the data.
  if (asked.batch_size === null) delete asked.batch_size;
  return asked;
}

/** @param {Record<string, any>} from @param {Record<string, any>} to */
const changed = (from, to) => Object.fromEntries(Object.entries(to).filter(([key, value]) => !same(from[key], value)));

/** Equal as JSON, whatever the order of members. @param {any} a @param {any} b @returns {boolean} */
export function same(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}
