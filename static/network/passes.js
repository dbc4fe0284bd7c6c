/** What the rows of a batch are asked for, and how their gradients add up in one column. */
import { cells } from "../format.js";
import { MEAN } from "./stations.js";
import { elementOf, firstOf, valueAt } from "./element.js";

/**
 * @typedef {{row: number, x: any, y: any, prediction: any, loss: any, gradients: Record<string, any>}} RowPass
 * @typedef {{of: number, start: number, rows: RowPass[], relation: "mean" | "sum" | "other", loss: any, gradients: Record<string, any>}} Answer
 * @typedef {Answer & {key: string, parameter: string}} Passes
 * @typedef {import("../state.js").State} State
 */

/** Rows that are read together. */
export const WINDOW = 60;

/** The element whose gradient is looked at: the chosen one, or the first of the last parameter, which every row moves.
 * @param {Pick<State, "cell">} state @param {import("./requests.js").Network} net */
export function chosen({ cell }, net) {
  const found = elementOf(cell);
  const value = net.parameters[found.name];
  if (value !== undefined && value !== null && typeof valueAt(value, found.index) !== "object") return found;
  const name = value === undefined ? Object.keys(net.parameters).at(-1) ?? "" : found.name;
  return { name, index: firstOf(net.parameters[name]) };
}

/** The part of the batch that is read. @param {Pick<State, "rows">} state @param {import("./requests.js").Network} net */
export const windowOf = ({ rows }, net) =>
  Math.max(0, Math.floor(net.batch.rows.map(String).indexOf(rows) / WINDOW)) * WINDOW;

/** What tells one reading from another; "" when none is wanted. @param {State} state */
export function wanted(state) {
  const { net, tab, training, pending, at, rows } = state;
  if (!net || !(tab === "batch" || (tab === "ledger" && rows === MEAN)) || training || pending) return "";
  return [net.id, net.version, at, net.iteration, chosen(state, net).name, windowOf(state, net)].join(" ");
}

/**
 * The gradient of one element row by row, what the rows that are not listed add, and the sum.
 * @param {Passes} passes @param {number[]} index @param {number} count  of how many rows of the batch it is known
 */
export function column(passes, index, count) {
  const { of, start, parameter, relation } = passes;
  const rows = passes.rows.map((r) => Number(valueAt(r.gradients[parameter], index)));
  const batch = Number(valueAt(passes.gradients[parameter], index));
  const listed = rows.reduce((a, b) => a + b, 0);
  const whole = relation === "sum" ? batch : batch * of;
  const rest = rows.length < of && relation !== "other" && count === of ? whole - listed : null;
  const until = Math.max(0, Math.min(rows.length, count - start));
  const sum = rows.slice(0, until).reduce((a, b) => a + b, rest ?? 0);
  return { rows, rest, sum, batch, mean: count === of ? (relation === "sum" ? sum : sum / of) : null, until };
}

/** Numbers of one column with the same decimals. @param {(number | null)[]} numbers @param {number | null} digits @param {string} lang */
export function printed(numbers, digits, lang) {
  const shown = cells(numbers.map((x) => [x === null || Number.isFinite(x) ? x ?? 0 : String(x)]), digits, lang);
  return numbers.map((x, i) => (x === null ? "?" : shown[i][0].text));
}

/** Whether printed numbers add up to a printed sum; null where they are not plain decimals.
 * @param {string[]} parts @param {string} sum */
export function addsUp(parts, sum) {
  const all = [...parts, sum].map((t) => t.replace("−", "-").replace(",", "."));
  if (!all.every((t) => /^-?\d+(\.\d+)?$/.test(t))) return null;
  const unit = 10 ** Math.max(...all.map((t) => (t.split(".")[1] ?? "").length));
  const [total, ...rest] = all.reverse().map((t) => Math.round(Number(t) * unit));
  return rest.reduce((a, b) => a + b, 0) === total;
}
