/** What is asked to be compared, as it stands in the address. */

/** @typedef {{of: string, values: import("./fields.js").Value[] | null, epochs: number}} Wish  null: the values that are offered first */

/** The most that are compared at once. */
export const MOST = 6;

/** @type {Wish} */
export const FIRST = { of: "optimizer.learning_rate", values: null, epochs: 300 };
const FEWEST = 1;
const FARTHEST = 100_000;

/** A wish as an address may hold it: anything else in it is put right. @param {any} given @returns {Wish} */
export function wishOf(given) {
  const plain = (/** @type {any} */ v) => ["number", "string", "boolean"].includes(typeof v);
  const values = Array.isArray(given.values) ? given.values.filter(plain).slice(0, MOST) : null;
  const epochs = Number.isFinite(given.epochs) ? Math.min(FARTHEST, Math.max(FEWEST, Math.trunc(given.epochs))) : FIRST.epochs;
  return { of: typeof given.of === "string" ? given.of : FIRST.of, values: values?.length ? values : null, epochs };
}
