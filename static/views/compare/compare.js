/** A comparison in place of the stage: what is compared, the curves over each other, what came of each, and their pictures. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { resolved } from "../../compare/asked.js";
import { shown } from "../../network/shown.js";
import { curves } from "./curves.js";
import { called, form } from "./form.js";
import { head } from "./head.js";
import { results } from "./results.js";
import { pictures } from "./pictures.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function comparison(c) {
  const { state, t } = c;
  const { compare, tables, versus } = state;
  if (!compare || !tables) return html`<p class="empty">${t("ui.computing")}</p>`;
  const asked = resolved(compare, shown(state), tables);
  return html`<section class="side-by-side" aria-label=${t("ui.compare.title")}>
    ${head(c, false)}
    ${form(c, compare, asked)}
    ${asked.field.base ? html`<p class="hint">${t(`ui.compare.about.${asked.field.id}`)}</p>` : nothing}
    <p class="problem" role="alert">${versus.problem}</p>
    ${versus.runs.length ? html`<div class="survey-body">${drawn(c)}${results(c)}</div>${pictures(c)}` : html`<p class="empty">${t(versus.running ? "ui.computing" : "ui.compare.ready")}</p>`}
  </section>`;
}

/** @param {Context} c */
function drawn(c) {
  const { versus: { runs, field, values, cursor } } = c.state;
  return field ? curves(c, { runs, names: values.map((v) => called(c, field, v)), about: c.t(field.label), cursor, read: c.actions.readCurves }) : nothing;
}
