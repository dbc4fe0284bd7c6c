/** What is asked to be compared: as networks, as a request, and as a person types its values. */
import { readNumber } from "../readnumber.js";
import { requestOf } from "../network/draft.js";
import { fieldOf, fieldsOf } from "./fields.js";
import { MOST } from "./wish.js";

/** @typedef {import("./wish.js").Wish} Wish */
/** @typedef {import("../network/draft.js").Draft} Draft */

/** The field, the values and the network of a wish. @param {Wish} wish @param {Draft} draft @param {import("../network/draft.js").Tables} tables */
export function resolved(wish, draft, tables) {
  const field = fieldOf(fieldsOf(draft, tables), wish.of);
  const fitting = (wish.of === field.id ? wish.values ?? [] : []).filter((v) => (field.choices ? field.choices.includes(v) : typeof v === "number"));
  const values = fitting.length ? fitting : field.values;
  const base = field.base ?? draft;
  return { field, values, base, drafts: values.map((value) => field.put(base, value)) };
}

/** The request: one network, and for each run the fields in which it differs.
 * @param {Draft} base @param {Draft[]} drafts @param {number} epochs @param {number[][] | null} x */
export const requestFor = (base, drafts, epochs, x) => ({ ...swept(base, drafts), epochs, keep: true, ...(x ? { x } : {}) });

/** @param {Draft} base @param {Draft[]} drafts */
export function swept(base, drafts) {
  const network = requestOf(base);
  return { network, settings: drafts.map((draft) => differing(network, requestOf(draft))) };
}

/** @param {Record<string, any>} one @param {Record<string, any>} other */
function differing(one, other) {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key])).map((key) => [key, other[key] ?? null]));
}

/** Numbers as typed, apart by spaces or semicolons; a comma or a point is the decimal mark.
 * @param {string} text @param {number} [most] @returns {{values: number[]} | {problem: string, text: string}} */
export function readValues(text, most = MOST) {
  const parts = text.trim().split(/[\s;]+/).map((p) => p.replace(/,$/, "")).filter(Boolean);
  /** @type {number[]} */
  const values = [];
  for (const part of parts) {
    const read = readNumber(part);
    if ("problem" in read) return { problem: read.problem, text: part };
    if (!values.includes(read.value)) values.push(read.value);
  }
  if (!values.length) return { problem: "none", text };
  return values.length > most ? { problem: "many", text } : { values };
}
