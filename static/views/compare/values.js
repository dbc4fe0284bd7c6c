/** The values that a setting is to have: numbers as they are typed, or choices to be ticked. */
import { html } from "../../vendor/lit-html/lit-html.js";
import { readValues } from "../../compare/asked.js";
import { printValue } from "../../typed.js";
import { called } from "./form.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../compare/fields.js").Field} Field */
/** @typedef {import("../../compare/fields.js").Value} Value */
/** @typedef {{field: Field, values: Value[], most: number, typed: string, choose: (values: Value[]) => void, refuse: (typed: string, problem: string) => void}} Chosen
 * `typed` is a list that could not be read */

/** @param {Context} c @param {Chosen} chosen */
export const valuesField = (c, chosen) => (chosen.field.choices ? choices(c, chosen) : numbers(c, chosen));

/** Numbers, apart by spaces. @param {Context} c @param {Chosen} chosen */
function numbers({ state, t }, { values, most, typed, choose, refuse }) {
  const commit = (/** @type {Event} */ e) => {
    const { value } = /** @type {HTMLInputElement} */ (e.target);
    const read = readValues(value, most);
    if ("values" in read) choose(read.values);
    else refuse(value, t(`ui.compare.bad.${read.problem}`, { text: read.text, n: most }));
  };
  const text = typed || values.map((v) => printValue(/** @type {number} */ (v), state.lang)).join("  ");
  return html`<label class="number values">${t("ui.compare.values", { n: most })} <input type="text" inputmode="text" autocomplete="off" aria-invalid=${typed ? "true" : "false"} .value=${text} @change=${commit}></label>`;
}

/** @param {Context} c @param {Chosen} chosen */
function choices(c, { field, values, most, choose }) {
  const full = values.length >= most;
  const toggle = (/** @type {Value} */ value) => {
    const on = values.includes(value);
    const next = on ? values.filter((v) => v !== value) : [...values, value];
    if (next.length) choose((field.choices ?? []).filter((v) => next.includes(v)));
  };
  return html`<fieldset class="values"><legend>${most < (field.choices?.length ?? 0) ? c.t("ui.compare.choices", { n: most }) : c.t("ui.compare.anyOf")}</legend>${(field.choices ?? []).map((value) => html`<label class="toggle"><input type="checkbox" .checked=${values.includes(value)}
    ?disabled=${full ? !values.includes(value) : values.length === 1 && values.includes(value)} @change=${() => toggle(value)}> ${called(c, field, value)}</label>`)}</fieldset>`;
}
