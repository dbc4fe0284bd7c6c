/** A sweep as it is asked for: each value of each setting with each, and some seeds. */
import { swept } from "../compare/asked.js";
import { fieldsOf } from "../compare/fields.js";

/** @typedef {import("../network/draft.js").Draft} Draft */
/** @typedef {import("../compare/fields.js").Field} Field */
/** @typedef {import("../compare/fields.js").Value} Value */
/** @typedef {{field: Field, values: Value[]}} Axis */

/** What stands as seeds already, and what has a network of its own. */
const NOT_VARIED = ["seed", "sign"];
/** What others are settings of comes before them. */
const BEFORE = ["layers", "optimizer", "init"];

/** @param {Draft} draft @param {import("../network/draft.js").Tables} tables */
export const variable = (draft, tables) => fieldsOf(draft, tables).filter((f) => !NOT_VARIED.includes(f.id));

/** The settings of a wish with their values; what this network has not is left out. @param {import("./vary.js").Vary} vary @param {Draft} draft
 * @param {import("../network/draft.js").Tables} tables @returns {Axis[]} */
export function axesOf(vary, draft, tables) {
  const fields = variable(draft, tables);
  const found = vary.by.flatMap(({ of, values }) => {
    const field = fields.find((f) => f.id === of);
    const fitting = (values ?? []).filter((v) => (field?.choices ? field.choices.includes(v) : typeof v === "number"));
    return field ? [{ field, values: fitting.length ? fitting : field.values }] : [];
  });
  return found.length ? found : [{ field: fields[0], values: fields[0].values }];
}

/** @param {Axis[]} axes @param {number} seeds */
export const runsOf = (axes, seeds) => axes.reduce((product, { values }) => product * values.length, seeds);

/** Every combination, the last setting fastest. @param {Axis[]} axes @returns {Value[][]} */
const combinations = (axes) => axes.reduce((all, { values }) => all.flatMap((some) => values.map((v) => [...some, v])), /** @type {Value[][]} */ ([[]]));

/** The request. @param {import("./vary.js").Vary} vary @param {Axis[]} axes @param {Draft} draft */
export function requestFor({ seeds, iterations }, axes, draft) {
  const order = axes.map((_, i) => i).sort((i, j) => Number(BEFORE.includes(axes[j].field.id)) - Number(BEFORE.includes(axes[i].field.id)));
  const all = combinations(axes);
  const drafts = all.map((values) => order.reduce((made, i) => axes[i].field.put(made, values[i]), draft));
  return {
    ...swept(draft, drafts), iterations,
    labels: all.map((values) => Object.fromEntries(values.map((v, i) => [axes[i].field.id, v]))),
    seeds: Array.from({ length: seeds }, (_, i) => draft.seed + i),
  };
}
