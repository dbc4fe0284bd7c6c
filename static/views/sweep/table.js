/** What came of a sweep: a row for each of its settings, and below it one for each seed, which opens in the lab. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { readings } from "../../compare/curves.js";
import { bestOf, judgedBy, ordered } from "../../sweep/groups.js";
import { asRun, lineOf } from "../../sweep/lines.js";
import { settingWord, settingsName, valueWord } from "../../sweep/words.js";
import { told } from "../compare/results.js";
import { swatch } from "../compare/swatch.js";
import { lined } from "./chart.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../sweep/groups.js").Group} Group */
/** @typedef {import("../../sweep/groups.js").Measure} Measure */
/** @typedef {import("../../sweep/swept.js").SweptRun} SweptRun */
/** @typedef {{names: string[], measures: Measure[], many: boolean, best: Group | null, judged: Measure, lines: Group[], of: number}} Shape  `many`: several seeds each */

/** Measures besides the loss, and how they are called. */
const FURTHER = /** @type {const} */ ({ accuracy: "ui.compare.accuracy", held_out_loss: "ui.sweep.heldOut", held_out_accuracy: "ui.sweep.heldOutAccuracy" });

/** @param {Context} c @param {import("../../sweep/swept.js").Answer} answer @param {Group[]} groups */
export function table(c, answer, groups) {
  const { state: { swept }, t, number } = c;
  const measures = /** @type {(keyof typeof FURTHER)[]} */ (Object.keys(FURTHER)).filter((m) => groups.some((g) => g.measures[m]));
  /** @type {Shape} */
  const shape = {
    names: Object.keys(groups[0].settings), measures, many: groups.some((g) => g.runs.length > 1), best: bestOf(groups), judged: judgedBy(groups),
    lines: lined(groups, swept.lit).shown, of: answer.iterations,
  };
  const plain = (/** @type {string} */ text) => html`<th scope="col">${text}</th>`;
  return html`<div class="versus-table" tabindex="0" role="region" aria-label=${t("ui.sweep.table")}><table><caption>${t("ui.sweep.table")}</caption>
    <thead><tr>${shape.names.map((id) => sortable(c, `settings.${id}`, settingWord(c, id)))}${shape.names.length ? nothing : plain("")}
      ${swept.cursor === null ? nothing : plain(t("ui.compare.atIteration", { n: number(Math.round(swept.cursor)) }))}
      ${sortable(c, "loss", t(shape.many ? "ui.sweep.lossMedian" : "ui.compare.final"))}${shape.many ? plain(t("ui.sweep.spread")) : nothing}
      ${measures.map((m) => sortable(c, m, t(FURTHER[m])))}<td></td></tr></thead>
    ${ordered(groups, swept.sort).map((group) => rows(c, group, shape))}</table></div>`;
}

/** @param {Context} c @param {string} by @param {string} label */
function sortable({ state: { swept: { sort } }, actions }, by, label) {
  const way = sort?.by === by ? (sort.down ? "descending" : "ascending") : "none";
  return html`<th scope="col" class=${by.startsWith("settings.") ? "setting" : ""} aria-sort=${way}><button class="sort" @click=${() => actions.sortSwept(by)}>${label} <span aria-hidden="true">${way === "none" ? "↕" : way === "ascending" ? "↑" : "↓"}</span></button></th>`;
}

/** The settings with what their seeds came to, and the runs where they are unfolded. @param {Context} c @param {Group} group @param {Shape} shape */
function rows(c, group, shape) {
  const { state: { swept }, t, actions, number } = c;
  const lit = group.index === swept.lit;
  const best = group === shape.best;
  const unfolded = swept.open.includes(group.index);
  const light = (/** @type {number | null} */ index) => () => actions.lightSwept(index);
  const name = settingsName(c, group.settings);
  const spread = group.measures.loss;
  return html`<tbody class=${[best ? "best" : "", lit ? "lit" : ""].join(" ")} @pointerenter=${light(group.index)} @pointerleave=${light(null)} @focusin=${light(group.index)}>
    <tr>${headed(c, group, shape)}${swept.cursor === null ? nothing : html`<td>${plainly(c, readings([lineOf(group, shape.of).run], swept.cursor)[0])}</td>`}
      <td>${shape.many ? middle(c, group, best && shape.judged === "loss") : told(c, asRun(group.runs[0], shape.of), best && shape.judged === "loss")}${group.failed ? html` <small>${t("ui.sweep.failed", { n: number(group.failed) })}</small>` : nothing}</td>
      ${shape.many ? html`<td>${Number.isFinite(spread?.low) ? html`${plainly(c, spread?.low ?? null)} – ${plainly(c, spread?.high ?? null)}` : "–"}</td>` : nothing}
      ${shape.measures.map((m) => html`<td>${measured(c, m, group.measures[m]?.median ?? null)}${best && shape.judged === m ? html` <small>${t("ui.compare.best")}</small>` : nothing}</td>`)}
      <td>${shape.many ? html`<button aria-expanded=${unfolded ? "true" : "false"} aria-label=${t("ui.sweep.unfold", { name })} @click=${() => actions.unfoldSwept(group.index)}>${t("ui.sweep.seeds")} <span aria-hidden="true">${unfolded ? "▴" : "▾"}</span></button>` : opener(c, group.runs[0], name)}</td></tr>
    ${shape.many && unfolded ? group.runs.map((run) => seed(c, run, name, shape)) : nothing}</tbody>`;
}

/** @param {Context} c @param {Group} group @param {Shape} shape */
function headed(c, { settings, index }, { names, lines }) {
  const slot = lines.findIndex((g) => g.index === index);
  const line = slot < 0 ? html`<span class="swatch"></span>` : swatch(slot, c.room?.look === "projector" ? 1.6 : 1);
  const [first = "", ...rest] = names.map((id) => valueWord(c, id, settings[id]));
  return html`<th scope="row">${line} <span>${first}</span></th>${rest.map((value) => html`<td class="setting">${value}</td>`)}`;
}

/** @param {Context} c @param {Group} group @param {boolean} best */
function middle(c, { measures: { loss }, diverged, runs }, best) {
  const { t, number } = c;
  const trouble = diverged ? html` <small class="diverged">${t("ui.sweep.divergedOf", { n: number(diverged), of: number(runs.length) })}</small>` : nothing;
  const left = diverged > 0 && !Number.isFinite(loss?.median);
  return html`${left ? nothing : loss ? html`<b>${plainly(c, loss.median)}</b>` : "–"}${best ? html` <small>${c.t("ui.compare.best")}</small>` : nothing}${trouble}`;
}

/** One run. @param {Context} c @param {SweptRun} run @param {string} name @param {Shape} shape */
function seed(c, run, name, { names, measures, of }) {
  const { state: { swept: { cursor } }, t } = c;
  const called = t("ui.sweep.seed", { n: run.seed });
  return html`<tr class="seed"><th scope="row" colspan=${Math.max(1, names.length)}>${called}</th>${cursor === null ? nothing : html`<td>${plainly(c, readings([asRun(run, of)], cursor)[0])}</td>`}
    <td>${run.state === "failed" ? t("ui.sweep.failedRun") : told(c, asRun(run, of), false)}</td><td></td>${measures.map((m) => html`<td>${measured(c, m, run[m])}</td>`)}<td>${opener(c, run, `${name}, ${called}`)}</td></tr>`;
}

/** @param {Context} c @param {SweptRun} run @param {string} name */
const opener = ({ state: { swept }, t, actions }, run, name) =>
  html`<button ?disabled=${swept.busy} aria-label=${t("ui.compare.openThis", { name })} @click=${() => actions.openSwept(run.number)}>${t("ui.compare.open")}</button>`;

/** @param {Context} c @param {number | null} value */
const plainly = ({ number }, value) => (value === null ? "–" : number(Number.isFinite(value) ? value : "Infinity"));

/** @param {Context} c @param {Measure} measure @param {number | null} value */
const measured = (c, measure, value) => (value !== null && measure.endsWith("accuracy") ? `${c.number(Math.round(value * 1000) / 10)} %` : plainly(c, Number.isFinite(value) ? value : null));
