/**
 * The state of the page. Each remembered property is one row — name in the address, default, how it
 * is read and printed — and so every state is a link. What has no row lives only as long as the page.
 */

import { FIRST } from "./network/draft.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./network/draft.js").Draft} Draft */

/**
 * @typedef {{
 *   program: string, values: Record<string, import("./types.js").Numbers>, constants: string[],
 *   labels: Record<string, string>, rate: number, update: string[], step: number, beat: number,
 *   beats: boolean, symbols: number, select: string, tab: string, lang: string, theme: string,
 *   detail: string, expand: string[], projector: boolean, digits: number | null, scene: number, iteration: number, letters: boolean,
 *   speed: number, slides: boolean,
 *   graph: Graph | null, pending: boolean, problem: import("./types.js").Problem | null,
 *   draft: string, leaves: import("./types.js").Leaf[], draftProblem: import("./types.js").Problem | null,
 *   playing: boolean, blank: boolean, history: HistoryRow[], nudge: NudgeState, toast: string,
 *   editing: string, sheet: boolean, help: boolean, ops: import("./types.js").Op[], revealChosen: boolean, camera: import("./stage/camera.js").View | null,
 *   left: string, network: string, rows: string, build: Draft, buildPast: Draft[], buildFuture: Draft[], net: import("./network/requests.js").Network | null,
 *   series: import("./network/requests.js").Series | null, points: import("./network/requests.js").Points | null, field: import("./network/requests.js").Field | null,
 *   live: {iteration: number, loss: any}[], training: boolean, networkProblem: string, networkPointer: string, logScale: boolean,
 *   tables: {datasets: import("./network/draft.js").Dataset[], optimizers: import("./network/draft.js").OptimizerRow[]} | null,
 *   past: Snapshot[], future: Snapshot[], batch: {n: number, size: number},
 * }} State
 * @typedef {{iteration: number, weights: Record<string, import("./types.js").Numbers>, loss: import("./types.js").Numbers}} HistoryRow
 * @typedef {{node: string, h: number, result: import("./types.js").NudgeResult | null, open: boolean}} NudgeState
 * @typedef {Pick<State, "program" | "values" | "constants" | "labels" | "rate" | "update" | "iteration" | "history" | "detail" | "expand">} Snapshot
 * @typedef {{name: keyof State, key: string, initial: any, parse: (text: string) => any, print: (value: any) => string}} Row
 */

const text = { parse: (/** @type {string} */ t) => t, print: (/** @type {string} */ v) => v };
const list = {
  parse: (/** @type {string} */ t) => t.split(",").filter(Boolean),
  print: (/** @type {string[]} */ v) => v.join(","),
};
const json = {
  parse: (/** @type {string} */ t) => {
    const value = JSON.parse(t);
    if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("not an object");
    return value;
  },
  print: (/** @type {any} */ v) => JSON.stringify(v),
};
const names = {
  parse: (/** @type {string} */ t) => {
    const value = JSON.parse(t);
    if (!Array.isArray(value) || !value.every((v) => typeof v === "string")) throw new Error("not a list of names");
    return value;
  },
  print: (/** @type {any} */ v) => JSON.stringify(v),
};
const real = {
  parse: (/** @type {string} */ t) => {
    const x = Number(t);
    if (!Number.isFinite(x)) throw new Error(`not a number: ${t}`);
    return x;
  },
  print: String,
};
const whole = {
  parse: (/** @type {string} */ t) => Math.max(0, Math.trunc(real.parse(t))),
  print: String,
};
const flag = { parse: (/** @type {string} */ t) => t === "1", print: (/** @type {boolean} */ v) => (v ? "1" : "0") };
const digits = {
  parse: (/** @type {string} */ t) => ([3, 4, 6].includes(Number(t)) ? Number(t) : t === "all" ? null : 4),
  print: (/** @type {number | null} */ v) => (v === null ? "all" : String(v)),
};
const oneOf = (/** @type {string[]} */ ...allowed) => ({
  parse: (/** @type {string} */ t) => (allowed.includes(t) ? t : allowed[0]),
  print: (/** @type {string} */ v) => v,
});

/** @type {Row[]} */
export const ROWS = [
  { name: "program", key: "program", initial: "", ...text },
  { name: "values", key: "values", initial: {}, ...json },
  { name: "constants", key: "constants", initial: [], ...list },
  { name: "labels", key: "labels", initial: {}, ...json },
  { name: "rate", key: "rate", initial: 0.1, ...real },
  { name: "update", key: "update", initial: [], ...list },
  { name: "detail", key: "detail", initial: "tensor", ...oneOf("tensor", "scalar", "layer") },
  { name: "expand", key: "expand", initial: [], ...names },
  { name: "left", key: "left", initial: "program", ...oneOf("program", "network") },
  { name: "network", key: "network", initial: "", ...text },
  { name: "rows", key: "rows", initial: "", ...text },
  { name: "build", key: "build", initial: FIRST, ...json },
  { name: "scene", key: "scene", initial: 0, ...whole },
  { name: "step", key: "step", initial: 0, ...whole },
  { name: "beat", key: "beat", initial: 0, ...whole },
  { name: "beats", key: "beats", initial: false, ...flag },
  { name: "symbols", key: "symbols", initial: 0, ...whole },
  { name: "select", key: "select", initial: "", ...text },
  { name: "tab", key: "tab", initial: "ledger", ...oneOf("ledger", "rules", "training") },
  { name: "iteration", key: "iteration", initial: 0, ...whole },
  { name: "digits", key: "digits", initial: 4, ...digits },
  { name: "lang", key: "lang", initial: "en", ...oneOf("en", "pt-BR") },
  { name: "theme", key: "theme", initial: "auto", ...oneOf("auto", "light", "dark") },
  { name: "projector", key: "projector", initial: false, ...flag },
];

/** @type {State} */
export const BLANK = {
  .../** @type {any} */ (Object.fromEntries(ROWS.map((r) => [r.name, r.initial]))),
  letters: true, speed: 1, slides: false, graph: null, pending: false, problem: null, draft: "",
  leaves: [], draftProblem: null, playing: false, blank: false, history: [],
  nudge: { node: "", h: 0.01, result: null, open: false }, toast: "", editing: "", sheet: false, help: false, ops: [], revealChosen: false,
  buildPast: [], buildFuture: [], net: null, series: null, points: null, field: null, live: [], training: false, networkProblem: "", networkPointer: "", logScale: false, tables: null,
  camera: null, past: [], future: [], batch: { n: 10, size: 4 },
};

/**
 * Read an address; a property that cannot be read keeps its default and is named in `bad`.
 * @param {string} search @param {Partial<State>} defaults
 */
export function readAddress(search, defaults) {
  const params = new URLSearchParams(search);
  /** @type {any} */
  const state = { ...defaults };
  /** @type {string[]} */
  const bad = [];
  for (const row of ROWS) {
    const text = params.get(row.key);
    if (text === null) continue;
    try {
      state[row.name] = row.parse(text);
    } catch {
      bad.push(row.key);
    }
  }
  return { state: /** @type {Partial<State>} */ (state), bad };
}

/**
 * Print what differs from the defaults.
 * @param {State} state @param {Partial<State>} defaults
 */
export function printAddress(state, defaults) {
  const params = new URLSearchParams();
  for (const row of ROWS) {
    const base = row.name in defaults ? defaults[row.name] : row.initial;
    const printed = row.print(state[row.name]);
    if (printed !== row.print(base)) params.set(row.key, printed);
  }
  const query = params.toString();
  return query ? "?" + query : "";
}
