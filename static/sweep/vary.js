/** What a sweep is to vary, as it stands in the address. */

/** @typedef {{of: string, values: import("../compare/fields.js").Value[] | null}} Varied  null: the values that are offered first */
/** @typedef {{by: Varied[], seeds: number, iterations: number}} Vary */

/** So many settings are varied at once, and so many values of each. */
export const MOST_FIELDS = 4;
export const MOST_VALUES = 32;

/** @type {Vary} */
export const FIRST = { by: [{ of: "optimizer.learning_rate", values: null }], seeds: 3, iterations: 300 };
const FARTHEST = 100_000;

/** A whole number in its range, or what stands for it. @param {any} given @param {number} high @param {number} otherwise */
const within = (given, high, otherwise) => (Number.isFinite(given) ? Math.min(high, Math.max(1, Math.trunc(given))) : otherwise);

/** A wish as an address may hold it: anything else in it is put right. @param {any} given @returns {Vary} */
export function varyOf(given) {
  const plain = (/** @type {any} */ v) => ["number", "string", "boolean"].includes(typeof v);
  const by = (Array.isArray(given.by) ? given.by : []).filter((/** @type {any} */ one) => typeof one?.of === "string").slice(0, MOST_FIELDS)
    .map((/** @type {any} */ { of, values }) => ({ of, values: (Array.isArray(values) ? values.filter(plain).slice(0, MOST_VALUES) : null) || null }));
  return { by: by.length ? by : FIRST.by, seeds: within(given.seeds, 256, FIRST.seeds), iterations: within(given.iterations, FARTHEST, FIRST.iterations) };
}
