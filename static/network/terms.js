/** An update taken apart: which elements a parameter has, and a term's formula in symbols or in numbers. */

/** @typedef {import("../types.js").Numbers} Numbers */
/** @typedef {import("../types.js").Cell} Cell */

/** The step of plain descent. */
export const PLAIN = "«learning_rate» \\cdot «g»";

/** Every place in a value of this form, "" for a number. @param {Numbers} value @returns {string[]} */
export function places(value) {
  if (!Array.isArray(value)) return [""];
  return value.flatMap((part, i) => places(part).map((rest) => (rest ? `${i},${rest}` : String(i))));
}

/** The number at a place; what is the same for all elements is a number itself.
 * @param {Numbers | null} value @param {string} place @returns {Cell | null} */
export function at(value, place) {
  if (!Array.isArray(value)) return value;
  return place.split(",").reduce((/** @type {any} */ v, i) => (Array.isArray(v) ? v[Number(i)] ?? null : v), value);
}

/** Put text where a template names another term; a negative number gets parentheses where it needs them.
 * @param {string} template @param {(name: string) => string} look */
export const written = (template, look) =>
  template.replace(/«([a-z0-9_]+)([!+]?)»/g, (_, name, flag) => {
    const text = look(name);
    return text.startsWith("-") && flag !== "!" ? `(${text})` : text;
  });

/** Settings and the like that the formulas of an update name, each once. @param {import("../types.js").Term[]} terms */
export const given = (terms) => terms.filter((t) => t.template === null && !["p", "g"].includes(t.name));

/** What is computed, in order. @param {import("../types.js").Term[]} terms */
export const computed = (terms) => terms.filter((t) => t.template !== null);

/** LaTeX cut where a line may break: before a sum's + and − outside of all brackets. @param {string} latex @returns {string[]} */
export function broken(latex) {
  const out = [""];
  let depth = 0;
  for (const word of latex.split(/(?<=[ ])/)) {
    if (depth === 0 && /^[+-] $/.test(word)) out.push("{} ");
    out[out.length - 1] += word;
    for (const char of word) depth += Number("({".includes(char)) - Number(")}".includes(char));
  }
  return out;
}
