/** Fields of the network's builder: a label, a control, help where it is wanted, and what is wrong right beside it. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { readNumber } from "../../readnumber.js";
import { idAt, saidAt, word } from "../../network/said.js";
import { textOf, tickedOf } from "../controlled.js";
import { printValue } from "../../typed.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/draft.js").Option} Option */
/** @typedef {{id: string, described: any, invalid: "true" | "false"}} Ties  what ties a control to its label, help and problem */
/** @typedef {{empty?: string, percent?: boolean, help?: string}} Extras  `empty`: what an empty field stands for */

/** @param {Context} c @param {string} pointer @param {string} label @param {(ties: Ties) => unknown} control @param {string} [help] */
export function field(c, pointer, label, control, help = "") {
  const { id, said, explained, described } = around(c, pointer, help);
  return html`<div class="field ${said ? (said.grave ? "bad" : "unwise") : ""}" title=${explained ? "" : help}>
    <label for=${id}>${label}</label>${control({ id, described, invalid: said?.grave ? "true" : "false" })}
    ${beside(c, pointer, help)}</div>`;
}

/** @param {Context} c @param {string} pointer @param {string} label @param {boolean} on @param {(on: boolean) => void} commit @param {string} [help] */
export function tickField(c, pointer, label, on, commit, help = "") {
  const { id, said, explained, described } = around(c, pointer, help);
  return html`<div class="field ticked ${said ? "bad" : ""}" title=${explained ? "" : help}>
    <label class="toggle"><input type="checkbox" id=${id} aria-describedby=${described} aria-invalid=${said?.grave ? "true" : "false"}
      .checked=${on} @change=${(/** @type {Event} */ e) => commit(tickedOf(e))}> ${label}</label>${beside(c, pointer, help)}</div>`;
}

/** @param {Context} c @param {string} pointer @param {string} help */
function around(c, pointer, help) {
  const id = idAt(pointer);
  const said = saidAt(c, pointer);
  const explained = Boolean(help) && c.state.explained;
  return { id, said, explained, described: [explained ? `${id}-help` : "", said ? `${id}-said` : ""].filter(Boolean).join(" ") || nothing };
}

/** @param {Context} c @param {string} pointer @param {string} help */
function beside(c, pointer, help) {
  const { id, said, explained } = around(c, pointer, help);
  return html`${explained ? html`<p class="explained" id="${id}-help">${help}</p>` : nothing}${said ? html`<p class="said" id="${id}-said">${said.text}</p>` : nothing}`;
}

/** @param {Context} c @param {string} pointer @param {string} label @param {string} value @param {string[][]} choices  [value, text]
 * @param {(value: string) => void} choose @param {string} [help] */
export function choiceField(c, pointer, label, value, choices, choose, help) {
  const all = choices.some(([v]) => v === value) ? choices : [...choices, [value, value]];
  return field(c, pointer, label, ({ id, described, invalid }) => html`<select id=${id} aria-describedby=${described} aria-invalid=${invalid}
    @change=${(/** @type {Event} */ e) => choose(textOf(e))}>${all.map(([v, text]) => html`<option value=${v} .selected=${v === value}>${text}</option>`)}</select>`, help);
}

/** @param {Context} c @param {string} pointer @param {string} label @param {number | undefined} value
 * @param {(value: number | null) => void} commit @param {Extras} [extras] */
export function settingField(c, pointer, label, value, commit, { empty = "", percent = false, help = "" } = {}) {
  const scale = percent ? 100 : 1;
  const text = value === undefined ? "" : printValue(Number((value * scale).toPrecision(12)), c.state.lang);
  const change = (/** @type {Event} */ e) => {
    if (empty && !textOf(e).trim()) return commit(null);
    const read = readNumber(textOf(e).replace("%", ""));
    if ("value" in read) return commit(read.value / scale);
    c.store.set({ networkPointer: pointer, networkProblem: c.t(`ui.bad.${read.problem}`) });
  };
  return field(c, pointer, label, ({ id, described, invalid }) => html`<span class="with-unit"><input id=${id} type="text" inputmode="decimal" autocomplete="off"
    placeholder=${empty} aria-describedby=${described} aria-invalid=${invalid} .value=${text} @change=${change}>${
    percent ? html`<span class="unit" aria-hidden="true">%</span>` : nothing}</span>`, help);
}

/** A field for each setting of a row of a table. @param {Context} c @param {string} pointer @param {Option[]} settings
 * @param {Record<string, any>} given @param {(given: Record<string, any>, name: string) => void} commit */
export const settingFields = (c, pointer, settings, given, commit) => settings.map((s) => {
  const value = given[s.name] ?? s.default;
  const at = `${pointer}/${s.name}`;
  const help = s.doc[c.state.lang];
  const label = word(c.t, "setting", s.name);
  const put = (/** @type {any} */ v) => commit({ ...given, [s.name]: v }, s.name);
  if (typeof s.default === "boolean") return tickField(c, at, label, value, put, help);
  if (s.choices?.length) return choiceField(c, at, label, value, s.choices.map((x) => [x, word(c.t, x.startsWith("fan") ? "setting" : "activation", x)]), put, help);
  if (!Array.isArray(value)) return settingField(c, at, label, value, (v) => put(v ?? s.default), { help });
  const part = (/** @type {number} */ i) => (/** @type {number | null} */ v) => put(value.map((x, j) => (j === i ? v ?? x : x)));
  return value.map((one, i) => settingField(c, `${at}/${i}`, c.t(`ui.setting.${s.name}.${i}`), one, part(i), { help: c.t(`ui.help.${s.name}.${i}`) }));
});

/** @param {string} label @param {boolean} on @param {(on: boolean) => void} commit */
export const tick = (label, on, commit) =>
  html`<label class="toggle"><input type="checkbox" .checked=${on} @change=${(/** @type {Event} */ e) => commit(tickedOf(e))}> ${label}</label>`;

/** A number of its own, outside of the builder. @param {Context} c @param {string} label @param {any} value
 * @param {(value: number | null) => void} commit @param {string} [empty]  what an empty field stands for */
export function numberField(c, label, value, commit, empty = "") {
  const text = value === "" ? "" : printValue(value, c.state.lang);
  const change = (/** @type {Event} */ e) => {
    if (empty && !textOf(e).trim()) return commit(null);
    const read = readNumber(textOf(e));
    if ("value" in read) return commit(read.value);
    c.store.set({ toast: c.t(`ui.bad.${read.problem}`) });
    /** @type {HTMLInputElement} */ (e.target).value = text;
  };
  return html`<label class="number">${label} <input type="text" inputmode="decimal" autocomplete="off" placeholder=${empty} .value=${text} @change=${change}></label>`;
}

/** A button that opens a file. @param {string} label @param {string} accept @param {(file: File) => unknown} take */
export function filePicker(label, accept, take) {
  const open = (/** @type {Event} */ e) => {
    const input = /** @type {HTMLInputElement} */ (e.target);
    if (input.files?.[0]) void take(input.files[0]);
    // The same file can be opened again.
    input.value = "";
  };
  return html`<label class="button file">${label}<input class="visually-hidden" type="file" accept=${accept} @change=${open}></label>`;
}
