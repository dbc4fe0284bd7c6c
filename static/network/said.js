/** What is to be said beside each control of a draft: what the server refused, else what is known before. */
import { findingAt, findings, within } from "./check.js";
import { shown } from "./shown.js";

/** @typedef {{text: string, grave: boolean}} Said */
/** @typedef {{state: import("../state.js").State, t: (key: string, params?: Record<string, string | number>) => string, number: (value: any) => string}} Speaker */

/** @type {{key: unknown[], found: import("./check.js").Finding[]}} */
let last = { key: [], found: [] };

/** All that is known of the draft. @param {import("../state.js").State} state */
export function known(state) {
  const { tables, preview } = state;
  const key = [shown(state), tables, preview];
  if (!key.every((part, i) => part === last.key[i])) last = { key, found: tables ? findings(shown(state), tables, preview) : [] };
  return last.found;
}

/** @param {Speaker} c @param {string} pointer  of a control, or of a column with several @returns {Said | null} */
export function saidAt(c, pointer) {
  const { state } = c;
  if (state.networkPointer && within(state.networkPointer, pointer)) return { text: state.networkProblem, grave: true };
  if (state.tableProblem && pointer === "/data/csv") return { text: state.tableProblem.detail, grave: true };
  const found = findingAt(known(state), pointer);
  return found && { text: sentence(c, found), grave: found.grave };
}

/** @param {Speaker} c @param {import("./check.js").Finding} found */
export const sentence = ({ t, number }, { key, params }) =>
  t(key, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === "number" ? number(value) : value])));

/** The control that a finding stands at, as an id. @param {string} pointer */
export const idAt = (pointer) => `at${pointer.replaceAll("/", "-")}`;

/** The word for a row of a table, or its own name. @param {Speaker["t"]} t @param {string} kind @param {string} name */
export const word = (t, kind, name) => {
  const key = `ui.${kind}.${name}`;
  const text = t(key);
  return text === key ? name : text;
};
