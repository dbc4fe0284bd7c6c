/** The rows of a batch as a table to walk through: the gradient of one element, added up below it. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { math } from "../../math.js";
import { elementId } from "../../network/element.js";
import { addsUp, chosen, column, printed } from "../../network/passes.js";
import { MEAN, UPDATE, known, station, stations } from "../../network/stations.js";
import { derivative, newValue } from "./followed.js";
import { rowCells, rowHeads } from "./rowcells.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/requests.js").Network} Network */
/** @typedef {import("../../network/passes.js").Passes} Passes */

/** Where the next press leads, counted from the end of the way. */
const AHEAD = ["ui.batch.nextBatch", "ui.batch.toUpdate", "ui.batch.toMean"];

/** One station on, and one back. @param {Context} c @param {Network} net */
export function walkButtons({ state, t, actions }, net) {
  const all = stations(net);
  const at = all.indexOf(station(state));
  return html`<div class="drive walk" role="group" aria-label=${t("ui.batch.walk")}><button ?disabled=${state.training || !state.rows} @click=${() => actions.moveStation(-1)} title="[">‹ ${t("ui.batch.back")}</button>
    <button class="main" ?disabled=${state.training} @click=${() => actions.moveStation(1)} title="]">${t(at < 0 ? "ui.batch.first" : AHEAD[all.length - 1 - at] ?? "ui.batch.next")} ›</button></div>`;
}

/** @param {Context} c @param {Network} net @param {Passes} passes */
export function rowTable(c, net, passes) {
  const { state, t } = c;
  const now = station(state);
  const { name, index } = chosen(state, net);
  const rows = rowCells(c, passes.rows);
  const sums = summed(c, net, passes);
  return html`<div class="rows-table" tabindex="0" role="region" aria-label=${t("ui.batch.table")}><table>
    <thead><tr><th scope="col">${t("ui.batch.rowWord")}</th>${rowHeads(c, passes)}<th scope="col" class="bwd"><span class="visually-hidden">${t("ui.batch.gradientOf", { name: elementId(name, index) })}</span><span aria-hidden="true" ${math(derivative(c, net))}></span></th></tr></thead>
    <tbody>${passes.rows.map((r, i) => html`<tr class=${String(r.row) === now ? "now" : ""} aria-current=${String(r.row) === now ? "step" : "false"}>
      <th scope="row">${stop(c, String(r.row), String(r.row), t("ui.batch.row", { n: r.row }))}</th>${rows[i]}<td class="bwd">${sums.rows[i]}</td></tr>`)}</tbody>
    ${foot(c, net, passes, sums)}</table></div>
    ${sums.exact === false ? html`<p class="hint">${t("ui.batch.rounded")}</p>` : nothing}`;
}

/** A station to press. @param {Context} c @param {string} name @param {string} text @param {string} label */
const stop = ({ state, actions }, name, text, label) => html`<button class=${name === station(state) ? "here" : ""} aria-label=${label} aria-current=${name === station(state) ? "step" : "false"}
  ?disabled=${state.training} @click=${() => actions.goToStation(name)}>${text}</button>`;

/** The column of gradients as text. @param {Context} c @param {Network} net @param {Passes} passes */
function summed(c, net, passes) {
  const { state } = c;
  const count = known(state, net);
  const met = count === passes.of;
  const found = column(passes, chosen(state, net).index, count);
  const texts = printed([...found.rows, found.rest, found.sum, found.mean, met ? found.batch : null], state.digits, state.lang);
  const [rest, sum, mean, batch] = texts.slice(found.rows.length);
  const parts = [...texts.slice(0, found.until), ...(found.rest === null ? [] : [rest])];
  const rows = found.rows.map((_, i) => (i < found.until ? texts[i] : "?"));
  return { rows, count, met, mean, batch, rest: found.rest === null ? "" : rest, sum: count ? sum : "?", exact: count ? addsUp(parts, sum) : null };
}

/** Sum, mean, the batch all at once, and the update. @param {Context} c @param {Network} net @param {Passes} passes @param {ReturnType<typeof summed>} sums */
function foot(c, net, passes, { count, met, mean, batch, rest, sum }) {
  const { state, t } = c;
  const now = station(state);
  const across = 4 + rowHeads.width(passes);
  const line = (/** @type {string} */ kind, /** @type {unknown} */ word, /** @type {string} */ value, tone = "bwd") => html`<tr class=${kind}><th scope="row" colspan=${across}>${word}</th><td class=${tone}>${value}</td></tr>`;
  const here = (/** @type {string} */ name) => (now === name ? " now" : "");
  return html`<tfoot>${rest ? line("", t("ui.batch.others", { n: passes.of - passes.rows.length }), rest) : nothing}
    ${line("sum", met ? t("ui.batch.sum") : t("ui.batch.sumSoFar", { k: count, n: passes.of }), sum)}
    ${line(`mean${here(MEAN)}`, html`${stop(c, MEAN, t("ui.batch.mean"), t("ui.batch.meanLong"))} ${passes.relation === "mean" ? html`<span ${math(`= \\tfrac{1}{${passes.of}} \\cdot {}`)}></span>${t("ui.batch.sum")}` : nothing}`, mean)}
    ${line(`batch${here("")}`, html`${stop(c, "", t("ui.batch.whole"), t("ui.batch.wholeLong", { n: passes.of }))} ${t("ui.batch.batchGradient")}${met && passes.relation !== "other" ? html` <b>${batch === mean ? "=" : "≈"}</b>` : nothing}`, batch)}
    ${line(`update${here(UPDATE)}`, html`${stop(c, UPDATE, t("ui.batch.update"), t("ui.batch.updateLong"))} ${t("ui.batch.newValue")}`, newValue(c, net), "loc")}</tfoot>`;
}
