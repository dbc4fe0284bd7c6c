/** A sweep in place of the stage: what is varied, how far it is, the curves over each other, and the table of what came of it. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { shown } from "../../network/shown.js";
import { axesOf } from "../../sweep/asked.js";
import { groupsOf } from "../../sweep/groups.js";
import { head } from "../compare/head.js";
import { sweepChart } from "./chart.js";
import { form } from "./form.js";
import { progress } from "./progress.js";
import { table } from "./table.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function sweep(c) {
  const { state, t } = c;
  const { vary, tables, swept } = state;
  if (!vary || !tables) return html`<p class="empty">${t("ui.computing")}</p>`;
  return html`<section class="side-by-side sweep" aria-label=${t("ui.sweep.title")}>
    ${head(c, true)}
    <details class="drawing" ?open=${!state.sweep}><summary>${t(state.sweep ? "ui.sweep.another" : "ui.sweep.drawing")}</summary>${form(c, vary, axesOf(vary, shown(state), tables))}</details>
    <p class="problem" role="alert">${swept.problem}</p>
    ${swept.answer ? html`${progress(c, swept.answer)}${found(c, swept.answer)}` : html`<p class="empty">${waiting(c)}</p>`}
  </section>`;
}

/** @param {Context} c */
function waiting({ state: { sweep, swept }, t }) {
  if (swept.lost) return swept.lost;
  return swept.problem ? nothing : t(sweep ? "ui.computing" : "ui.sweep.ready");
}

/** @param {Context} c @param {import("../../sweep/swept.js").Answer} answer */
function found(c, answer) {
  const groups = groupsOf(answer.runs);
  return html`${sweepChart(c, answer, groups)}${table(c, answer, groups)}`;
}
