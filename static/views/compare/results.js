/** What came of each run: its loss where the cursor stands and at the end, and a button that makes it the lab's network. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { byEpochs, readings } from "../../compare/curves.js";
import { outcome } from "../../compare/versus.js";
import { called } from "./form.js";
import { swatch } from "./swatch.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../compare/curves.js").Run} Run */

/** @param {Context} c */
export function results(c) {
  const { state: { versus }, t, number } = c;
  const { runs, field, values, cursor } = versus;
  if (!field) return nothing;
  const here = cursor === null ? [] : readings(runs, cursor);
  const judged = runs.some((r) => r.final?.accuracy !== undefined);
  const best = bestOf(runs);
  const place = cursor === null ? "" : t(byEpochs(runs) ? "ui.compare.atEpoch" : "ui.compare.atIteration", { n: number(Math.round(cursor)) });
  return html`<div class="versus-table" tabindex="0" role="region" aria-label=${t("ui.compare.table")}><table><caption>${t("ui.compare.table")}</caption>
    <thead><tr><th scope="col">${t(field.label)}</th>${place ? html`<th scope="col">${place}</th>` : nothing}<th scope="col">${t("ui.compare.final")}</th>
      ${judged ? html`<th scope="col">${t("ui.compare.accuracy")}</th>` : nothing}<td></td></tr></thead>
    <tbody>${runs.map((run, i) => html`<tr class=${i === best ? "best" : ""}><th scope="row">${swatch(i, c.room?.look === "projector" ? 1.6 : 1)} <span>${called(c, field, values[i])}</span></th>
      ${place ? html`<td>${here[i] === null ? "–" : number(here[i])}</td>` : nothing}<td>${told(c, run, i === best)}</td>
      ${judged ? html`<td>${run.final?.accuracy === undefined ? "–" : `${number(Math.round(run.final.accuracy * 1000) / 10)} %`}</td>` : nothing}
      <td><button ?disabled=${versus.running} aria-label=${t("ui.compare.openThis", { name: called(c, field, values[i]) })} @click=${() => c.actions.openRun(i)}>${t("ui.compare.open")}</button></td></tr>`)}</tbody></table>
    <p class="hint">${t("ui.compare.same")}</p></div>`;
}

/** The run with the least loss at the end, once all have come to theirs. @param {Run[]} runs */
function bestOf(runs) {
  if (runs.length < 2 || runs.some((r) => !r.final)) return -1;
  const ends = runs.map((r) => (typeof r.final?.loss === "number" && outcome(r) !== "diverged" ? r.final.loss : Infinity));
  const least = Math.min(...ends);
  return Number.isFinite(least) ? ends.indexOf(least) : -1;
}

/** How a run fared, in words. @param {Context} c @param {Run} run @param {boolean} best */
export function told({ t, number }, run, best) {
  const loss = number(run.final?.loss ?? run.loss ?? null);
  const kind = outcome(run);
  if (kind === "diverged") return html`<span class="diverged">${t("ui.compare.diverged", { n: number(run.at ?? run.iteration + 1) })}${run.node ? html` <small>${t("ui.compare.where", { node: run.node })}</small>` : nothing}</span>`;
  if (kind === "done") return html`<b>${loss}</b>${best ? html` <small>${t("ui.compare.best")}</small>` : nothing}`;
  if (kind === "waiting") return "–";
  return html`${loss} <small>${t(kind === "stopped" ? "ui.compare.stopped" : "ui.compare.running", { n: number(run.iteration) })}</small>`;
}
