/** A batch row by row: where in the epoch it stands, its rows, their gradients added up, and the one update. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { math } from "../../math.js";
import { chosen, wanted } from "../../network/passes.js";
import { UPDATE, station } from "../../network/stations.js";
import { followed } from "./followed.js";
import { rowTable, walkButtons } from "./rowtable.js";
import { ruler } from "./ruler.js";
import { updateBox } from "./update.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/requests.js").Network} Network */
/** @typedef {import("../../network/passes.js").Passes} Passes */

/** @param {Context} c */
export function batchPanel(c) {
  const { state, t } = c;
  const { net } = state;
  if (!net) return html`<p class="empty">${state.networkProblem || t("ui.net.none")}</p>`;
  const passes = read(state, net);
  return html`${counted(c, net)}${walkButtons(c, net)}
    ${passes ? html`${rowTable(c, net, passes)}<p class="hint">${t(`ui.batch.relation.${passes.relation}`, { n: passes.of })}</p>${followed(c, net, passes)}` : waiting(c)}
    ${moved(c, net)}`;
}

/** What was read of this pass; while another parameter is read, what was read before stands.
 * @param {import("../../state.js").State} state @param {Network} net */
function read({ passes, at }, net) {
  const own = [net.id, net.version, at, net.iteration].join(" ");
  return passes?.key.startsWith(`${own} `) && passes.rows.length ? passes : null;
}

/** @param {Context} c */
function waiting({ state, t }) {
  if (state.passesProblem) return html`<p class="problem" role="status">${state.passesProblem}</p>`;
  return html`<p class="empty" role="status">${t(state.training ? "ui.batch.waits" : wanted(state) || state.pending ? "ui.computing" : "ui.batch.waits")}</p>`;
}

/** Epoch, batch and iteration, ⌈N / batch size⌉ in this network's numbers, and the ruler. @param {Context} c @param {Network} net */
function counted(c, net) {
  const { t } = c;
  const [rows, size, of] = [net.counts.rows, net.spec.batch_size, net.batch.of];
  const rest = rows - (of - 1) * size;
  const under = Number(net.phase !== "update");
  const formula = `\\left\\lceil \\frac{N}{\\text{${t("ui.batch.size")}}} \\right\\rceil = \\left\\lceil \\frac{${rows}}{${size}} \\right\\rceil = ${of}`;
  const count = (/** @type {string} */ word, /** @type {string | number} */ value) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`;
  return html`<dl class="counters batch-counters">${count(t("ui.net.epoch"), net.epoch + Number(under || net.batch.index + 1 < of))}${count(t("ui.net.batch"), `${net.batch.index + 1} / ${of}`)}
      ${count(t("ui.net.iteration"), net.iteration + under)}</dl>
    ${ruler(c, net)}
    <p class="per-epoch"><span ${math(`\\displaystyle ${formula}`)}></span> ${t(of === 1 ? "ui.iterationPerEpoch" : "ui.iterationsPerEpoch")}${rest < size ? html` <span class="hint">${t(rest === 1 ? "ui.batch.lastOne" : "ui.batch.last", { n: rest })}</span>` : nothing}</p>`;
}

/** The one update, by the mean, of the element that is followed. @param {Context} c @param {Network} net */
function moved(c, net) {
  const { state } = c;
  if (station(state) !== UPDATE || !state.graph) return nothing;
  const { name } = chosen(state, net);
  const update = state.graph.updates.find((u) => u.parameter === name || u.parameter === state.cell);
  return update ? updateBox(c, update) : nothing;
}
