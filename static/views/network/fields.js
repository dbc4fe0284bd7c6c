/** Fields of the network's builder: numbers with one decimal mark, choices, ticks, rows of a table of settings. */
import { html } from "../../vendor/lit-html/lit-html.js";
import { readNumber } from "../../format.js";
import { printValue } from "../editor.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {string} label @param {string} value @param {string[][]} choices  [value, text] @param {(value: string) => void} choose */
export const choice = (label, value, choices, choose) => html`<label class="choice">${label}
  <select @change=${(/** @type {Event} */ e) => choose(/** @type {HTMLSelectElement} */ (e.target).value)}>${choices.map(([v, text]) => html`<option value=${v} ?selected=${v === value}>${text}</option>`)}</select></label>`;

/** @param {Context} c @param {string} label @param {any} value @param {(value: number | null) => void} commit @param {string} [empty]  what an empty field stands for */
export function numberField(c, label, value, commit, empty = "") {
  const change = (/** @type {Event} */ e) => {
    const input = /** @type {HTMLInputElement} */ (e.target);
    if (empty && !input.value.trim()) return commit(null);
    const read = readNumber(input.value);
    if ("value" in read) return commit(read.value);
    c.store.set({ toast: c.t(`ui.bad.${read.problem}`) });
    input.value = value === "" ? "" : printValue(value, c.state.lang);
  };
  return html`<label class="number">${label} <input type="text" inputmode="decimal" autocomplete="off" placeholder=${empty} .value=${value === "" ? "" : printValue(value, c.state.lang)} @change=${change}></label>`;
}

/** @param {string} label @param {boolean} on @param {(on: boolean) => void} commit */
export const tick = (label, on, commit) =>
  html`<label class="toggle"><input type="checkbox" .checked=${on} @change=${(/** @type {Event} */ e) => commit(/** @type {HTMLInputElement} */ (e.target).checked)}> ${label}</label>`;

/** A field for each setting of a row of a table. @param {Context} c @param {import("../../network/draft.js").Option[]} settings
 * @param {Record<string, any>} given @param {(given: Record<string, any>) => void} commit */
export const options = (c, settings, given, commit) => settings.map((s) => {
  const value = given[s.name] ?? s.default;
  const put = (/** @type {any} */ v) => commit({ ...given, [s.name]: v });
  const help = s.doc[c.state.lang];
  if (typeof s.default === "boolean") return html`<span title=${help}>${tick(s.name, value, put)}</span>`;
  if (s.choices?.length) return choice(s.name, value, s.choices.map((x) => [x, x]), put);
  if (Array.isArray(value)) return value.map((one, i) => html`<span title=${help}>${numberField(c, `${s.name}[${i}]`, one, (v) => put(value.map((x, j) => (j === i ? v ?? x : x))))}</span>`);
  return html`<span title=${help}>${numberField(c, s.name, value ?? "", (v) => put(v ?? s.default))}</span>`;
});
