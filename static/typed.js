/** Values as they are typed and printed: numbers, and lists of them. */
import { number } from "./format.js";
import { readNumber } from "./readnumber.js";

/** @param {any} value @param {string} lang */
export const printValue = (value, lang) =>
  Array.isArray(value) ? JSON.stringify(value).replaceAll(",", ", ") : number(value, null, lang).text;

/** @param {string} text @returns {{value: any} | {problem: string}} */
export function readValue(text) {
  if (!text.trim().startsWith("[")) return readNumber(text);
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: "list" };
  }
}
