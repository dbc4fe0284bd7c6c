/**
 * The state of the page. Each remembered property is one row — name in the address, default, how it
 * is read and printed — and so every state is a link. What has no row lives only as long as the page.
 */

import { AT_EASE } from "./ask/asking.js";
import { wishOf } from "./compare/wish.js";
import { NOTHING } from "./compare/versus.js";
import { UNSEEN as UNSWEPT } from "./sweep/swept.js";
import { varyOf } from "./sweep/vary.js";
import { UNSEEN, placeOf } from "./landscape/wish.js";
import { digits, drafts, flag, json, list, names, oneOf, optional, real, text, whole } from "./kinds.js";
import { FIRST } from "./network/draft.js";
import { LEVELS, askedAt } from "./network/levels.js";
import { AT_REST } from "./network/steer.js";
import { UNREAD } from "./words.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./network/draft.js").Draft} Draft */

/**
 * @typedef {{
 *   program: string, values: Record<string, import("./types.js").Numbers>, constants: string[],
 *   labels: Record<string, string>, rate: number, update: string[], step: number, beat: number,
 *   beats: boolean, symbols: number, table: boolean, select: string, tab: string, lang: string, theme: string,
 *   detail: string, expand: string[], collapse: string[], projector: boolean, folded: boolean, digits: number | null, scene: number, iteration: number, letters: boolean,
 *   speed: number, slides: boolean, controls: boolean,
 *   graph: Graph | null, pending: boolean, problem: import("./types.js").Problem | null,
 *   draft: string, leaves: import("./types.js").Leaf[], draftProblem: import("./types.js").Problem | null,
 *   playing: boolean, hover: string, over: string, blank: boolean, history: HistoryRow[], nudge: NudgeState, toast: string,
 *   editing: string, sheet: boolean, help: boolean, figures: boolean, transcript: boolean, follow: boolean, tool: string, spotlight: boolean, hues: string, composed: import("./compose/draft.js").Draft | null, making: {done: number, of: number} | null, code: {format: string, of: string, text: string} | null, ops: import("./types.js").Op[], revealChosen: boolean, askChosen: boolean, more: boolean, camera: import("./stage/camera.js").View | null,
 *   left: string, network: string, rows: string, at: number, level: string, pace: string, build: Draft, drafting: boolean, explained: boolean, recent: import("./network/recent.js").Recent[], confirming: boolean,
 *   tableFile: string, programLeaves: import("./types.js").Leaf[], programProblem: import("./types.js").Problem | null, buildPast: Draft[], buildFuture: Draft[], net: import("./network/requests.js").Network | null,
 *   series: import("./network/requests.js").Series | null, points: import("./network/requests.js").Points | null, field: import("./network/requests.js").Field | null,
 *   live: {iteration: number, loss: any}[], training: boolean, networkProblem: string, networkPointer: string, logScale: boolean,
 *   tables: import("./network/draft.js").Tables | null,
 *   preview: import("./network/table.js").Preview | null, reading: boolean, tableProblem: import("./types.js").Problem | null, pictures: Record<string, import("./network/table.js").Preview>,
 *   past: Snapshot[], future: Snapshot[], batch: {n: number, size: number},
 *   steer: import("./network/steer.js").Steer,
 *   compare: import("./compare/wish.js").Wish | null, versus: import("./compare/versus.js").Versus,
 *   vary: import("./sweep/vary.js").Vary | null, sweep: string, swept: import("./sweep/swept.js").Swept,
 *   landscape: import("./landscape/wish.js").Wish | null, survey: import("./landscape/wish.js").Survey,
 *   ask: string, asking: import("./ask/asking.js").Asking,
 *   words: import("./words.js").Words, cell: string, passes: import("./network/passes.js").Passes | null, passesProblem: string,
 * }} State
 * @typedef {{iteration: number, weights: Record<string, import("./types.js").Numbers>, loss: import("./types.js").Numbers}} HistoryRow
 * @typedef {{node: string, h: number, result: import("./types.js").NudgeResult | null, open: boolean}} NudgeState
 * @typedef {Pick<State, "program" | "values" | "constants" | "labels" | "rate" | "update" | "iteration" | "history" | "detail" | "expand" | "collapse">} Snapshot
 * @typedef {{name: keyof State, key: string, initial: any} & import("./kinds.js").Kind & {when?: (state: State) => boolean}} Row  `when`: whether the address needs it
 */

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
  { name: "collapse", key: "collapse", initial: [], ...list },
  { name: "left", key: "left", initial: "program", ...oneOf("program", "network") },
  { name: "network", key: "network", initial: "", ...text },
  { name: "rows", key: "rows", initial: "", ...text },
  { name: "cell", key: "cell", initial: "", ...text },
  { name: "at", key: "at", initial: -1, ...whole, when: (s) => askedAt(s) >= 0 },
  { name: "level", key: "level", initial: "operation", ...oneOf(...LEVELS) },
  { name: "pace", key: "pace", initial: "fast", ...oneOf("fast", "30", "5", "1") },
  { name: "logScale", key: "log", initial: false, ...flag },
  { name: "build", key: "build", initial: FIRST, ...drafts, when: (s) => !s.network || s.drafting },
  { name: "drafting", key: "drafting", initial: false, ...flag },
  { name: "compare", key: "compare", initial: null, ...optional(wishOf) },
  { name: "vary", key: "vary", initial: null, ...optional(varyOf) },
  { name: "sweep", key: "sweep", initial: "", ...text },
  { name: "landscape", key: "landscape", initial: null, ...optional(placeOf) },
  { name: "scene", key: "scene", initial: 0, ...whole },
  { name: "step", key: "step", initial: 0, ...whole },
  { name: "beat", key: "beat", initial: 0, ...whole },
  { name: "beats", key: "beats", initial: false, ...flag },
  { name: "ask", key: "ask", initial: "off", ...oneOf("off", "lesson", "fading", "every", "third", "backward") },
  { name: "symbols", key: "symbols", initial: 0, ...whole },
  { name: "table", key: "table", initial: false, ...flag },
  { name: "select", key: "select", initial: "", ...text },
  { name: "tab", key: "tab", initial: "ledger", ...oneOf("ledger", "rules", "training", "batch") },
  { name: "iteration", key: "iteration", initial: 0, ...whole },
  { name: "digits", key: "digits", initial: 4, ...digits },
  { name: "lang", key: "lang", initial: "en", ...text },
  { name: "theme", key: "theme", initial: "auto", ...oneOf("auto", "light", "dark") },
  { name: "hues", key: "hues", initial: "blue", ...oneOf("blue", "green") },
  { name: "folded", key: "fold", initial: false, ...flag },
  { name: "controls", key: "controls", initial: true, ...flag },
  { name: "tool", key: "tool", initial: "", ...oneOf("", "present", "compose"), when: (s) => s.tool !== "onward" },
  { name: "projector", key: "projector", initial: false, ...flag },
];

/** @type {State} */
export const BLANK = {
  .../** @type {any} */ (Object.fromEntries(ROWS.map((r) => [r.name, r.initial]))),
  letters: true, speed: 1, slides: false, graph: null, pending: false, problem: null, draft: "",
  leaves: [], draftProblem: null, playing: false, hover: "", over: "", blank: false, history: [],
  nudge: { node: "", h: 0.01, result: null, open: false }, toast: "", editing: "", sheet: false, help: false, figures: false, transcript: false, follow: false, spotlight: false, composed: null, making: null, code: null, ops: [], revealChosen: false, askChosen: false, more: false,
  buildPast: [], buildFuture: [], net: null, series: null, points: null, field: null, live: [], training: false, networkProblem: "", networkPointer: "", tables: null,
  preview: null, reading: false, tableProblem: null, tableFile: "", programLeaves: [], programProblem: null, explained: false, recent: [], confirming: false, pictures: {},
  camera: null, past: [], future: [], batch: { n: 10, size: 4 },
  asking: AT_EASE, steer: AT_REST, versus: NOTHING, swept: UNSWEPT, survey: UNSEEN, words: UNREAD, passes: null, passesProblem: "",
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
    if (row.when && !row.when(state)) continue;
    const base = row.name in defaults ? defaults[row.name] : row.initial;
    const printed = row.print(state[row.name]);
    if (printed !== row.print(base)) params.set(row.key, printed);
  }
  const query = params.toString();
  return query ? "?" + query : "";
}
