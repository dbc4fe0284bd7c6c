/** Which setting is compared, with which values, and for how long. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { fieldsOf } from "../../compare/fields.js";
import { MOST } from "../../compare/wish.js";
import { word } from "../../network/said.js";
import { shown } from "../../network/shown.js";
import { printValue } from "../../typed.js";
import { numberField } from "../network/fields.js";
import { valuesField } from "./values.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {ReturnType<typeof import("../../compare/asked.js").resolved>} Asked */
/** @typedef {import("../../compare/fields.js").Value} Value */

/** A value as it is called; what a table explains after a colon is left out. @param {Context} c @param {import("../../compare/fields.js").Field} field @param {Value} value */
export const called = ({ t, state }, field, value) => (field.choices ? word(t, field.words ?? "", String(value)).split(":")[0] : printValue(/** @type {number} */ (value), state.lang));

/** @param {Context} c @param {import("../../compare/wish.js").Wish} wish @param {Asked} asked */
export function form(c, wish, asked) {
  const { state, t, actions } = c;
  const { versus, tables } = state;
  const choose = (/** @type {Event} */ e) => actions.chooseComparison({ of: /** @type {HTMLSelectElement} */ (e.target).value, values: null });
  const run = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (!versus.typed) void actions.runComparison();
  };
  return html`<form class="versus" @submit=${run}>
    <label class="choice">${t("ui.compare.what")} <select @change=${choose}>${(tables ? fieldsOf(shown(state), tables) : []).map((f) =>
      html`<option value=${f.id} .selected=${f.id === asked.field.id}>${t(f.label)}</option>`)}</select></label>
    ${valuesField(c, { ...asked, most: MOST, typed: versus.typed, choose: (values) => actions.chooseComparison({ values }), refuse: actions.refuseValues })}
    ${numberField(c, t("ui.net.epochs"), wish.epochs, (v) => v && actions.chooseComparison({ epochs: Math.min(100_000, Math.max(1, Math.round(v))) }))}
    ${versus.running ? html`<button type="button" class="main" @click=${actions.stopComparison}>${t("ui.net.stop")}</button>` : html`<button type="submit" class="main">${t("ui.compare.run")}</button>`}
    ${versus.running ? html`<progress max="1" aria-label=${t("ui.compare.progress")} .value=${share(versus.runs)}></progress>` : nothing}
  </form>`;
}

/** @param {import("../../compare/curves.js").Run[]} runs */
const share = (runs) => runs.reduce((sum, r) => sum + (r.stopped ? 1 : r.iteration / r.of), 0) / Math.max(1, runs.length);
