/** How the settings of a sweep are called, whichever network stands in the builder. */
import { word } from "../network/said.js";
import { printValue } from "../typed.js";

/** @typedef {{t: (key: string, params?: Record<string, string | number>) => string, state: {lang: string}}} Speaker */

/** The words of the choices that are no activations. @type {Record<string, string>} */
const KINDS = { optimizer: "optimizer", init: "init", schedule: "schedule", loss: "loss" };
/** A value that is none of ours is cut after so many characters. */
const LONGEST = 40;

/** @param {Speaker} c @param {string} id */
export function settingWord({ t }, id) {
  const dot = id.indexOf(".");
  return dot < 0 ? named(t, "compare", id) : named(t, "setting", id.slice(dot + 1), id);
}

/** @param {Speaker["t"]} t @param {string} kind @param {string} name @param {string} [otherwise] */
function named(t, kind, name, otherwise = name) {
  const text = word(t, kind, name);
  return text === name ? otherwise : text;
}

/** @param {Speaker} c @param {string} id @param {any} value */
export function valueWord({ t, state }, id, value) {
  if (typeof value === "number") return printValue(value, state.lang);
  if (value === null || value === undefined) return "…";
  if (typeof value === "boolean") return word(t, "flag", String(value));
  if (typeof value !== "string") return JSON.stringify(value).slice(0, LONGEST);
  return word(t, KINDS[id] ?? "activation", value).split(":")[0].slice(0, LONGEST);
}

/** All values of some settings, as the name of their curve. @param {Speaker} c @param {Record<string, any>} settings */
export const settingsName = (c, settings) => Object.entries(settings).map(([id, value]) => valueWord(c, id, value)).join(" · ");
