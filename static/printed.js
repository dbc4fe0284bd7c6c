/** Values as the page prints them in a sentence: a number, or a list of numbers as it is typed. */
import { number } from "./format.js";

/** @param {import("./state.js").State} state @returns {(value: any) => string} */
export const printer = (state) => (value) => {
  const one = (/** @type {any} */ x) => number(x, state.digits, state.lang).text;
  return Array.isArray(value) ? JSON.stringify(value, (_, x) => (typeof x === "number" ? one(x) : x)).replaceAll('"', "") : one(value);
};
