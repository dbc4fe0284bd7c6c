/**
 * How each kind of property stands in an address: read from its text, and printed.
 * @typedef {{parse: (text: string) => any, print: (value: any) => string}} Kind
 */

import { FIRST, readDraft } from "./network/draft.js";
import { writable } from "./network/table.js";

/** @typedef {import("./network/draft.js").Draft} Draft */

export const text = { parse: (/** @type {string} */ t) => t, print: (/** @type {string} */ v) => v };
export const list = {
  parse: (/** @type {string} */ t) => t.split(",").filter(Boolean),
  print: (/** @type {string[]} */ v) => v.join(","),
};
export const json = {
  parse: (/** @type {string} */ t) => {
    const value = JSON.parse(t);
    if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("not an object");
    return value;
  },
  print: (/** @type {any} */ v) => JSON.stringify(v),
};
export const names = {
  parse: (/** @type {string} */ t) => {
    const value = JSON.parse(t);
    if (!Array.isArray(value) || !value.every((v) => typeof v === "string")) throw new Error("not a list of names");
    return value;
  },
  print: (/** @type {any} */ v) => JSON.stringify(v),
};
/** A long table is no part of an address. */
export const drafts = { parse: (/** @type {string} */ t) => readDraft(json.parse(t)), print: (/** @type {Draft} */ v) => json.print(writable(v) ? v : FIRST) };
export const real = {
  parse: (/** @type {string} */ t) => {
    const x = Number(t);
    if (!Number.isFinite(x)) throw new Error(`not a number: ${t}`);
    return x;
  },
  print: String,
};
export const whole = {
  parse: (/** @type {string} */ t) => Math.max(0, Math.trunc(real.parse(t))),
  print: String,
};
export const flag = { parse: (/** @type {string} */ t) => t === "1", print: (/** @type {boolean} */ v) => (v ? "1" : "0") };
export const digits = {
  parse: (/** @type {string} */ t) => ([3, 4, 6].includes(Number(t)) ? Number(t) : t === "all" ? null : 4),
  print: (/** @type {number | null} */ v) => (v === null ? "all" : String(v)),
};
export const oneOf = (/** @type {string[]} */ ...allowed) => ({
  parse: (/** @type {string} */ t) => (allowed.includes(t) ? t : allowed[0]),
  print: (/** @type {string} */ v) => v,
});
/** An object, or nothing. @param {(given: any) => any} read  what an address holds, put right */
export const optional = (read) => ({
  parse: (/** @type {string} */ t) => read(json.parse(t)),
  print: (/** @type {any} */ v) => (v === null ? "" : JSON.stringify(v)),
});
