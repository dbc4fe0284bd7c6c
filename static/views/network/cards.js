/** The two ends of the drawing: the data that go in, and the loss that judges what comes out. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { saidAt, word } from "../../network/said.js";
import { math } from "../../math.js";
import { placed } from "../placed.js";
import { picture } from "./pictures.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/draft.js").Draft} Draft */

/** @type {Record<string, string>} */
const FORMULAS = {
  half_mse: "\\tfrac{1}{2}(\\hat{y} - y)^{2}", mse: "\\operatorname{mean}\\,(\\hat{y} - y)^{2}",
  bce: "\\begin{gathered} -y\\ln\\hat{y} \\\\ - (1 - y)\\ln(1 - \\hat{y}) \\end{gathered}",
  bce_with_logits: "\\begin{gathered} p = \\sigma(\\hat{y}) \\\\ -y\\ln p \\\\ - (1 - y)\\ln(1 - p) \\end{gathered}",
  cross_entropy: "\\begin{gathered} p = \\operatorname{softmax}(\\hat{y}) \\\\ -\\textstyle\\sum_k y_k \\ln p_k \\end{gathered}",
};

/** @param {Context} c @param {Draft} build @param {import("../../network/columns.js").Box} box */
export function dataCard(c, build, box) {
  const { state, t } = c;
  const set = state.tables?.datasets.find((d) => d.name === build.data.name);
  const seen = state.preview ?? (set ? state.pictures[set.name] : null);
  const rows = state.preview?.rows ?? (set ? build.data.samples ?? set.rows : null);
  const classes = (set ?? state.preview)?.classes?.length ?? 0;
  const facts = [rows === null ? "" : t("ui.net.rowCount", { n: c.number(rows) }), classes ? t("ui.net.classCount", { n: classes }) : ""].filter(Boolean).join(", ");
  const title = set ? set.title[state.lang] : t("csv" in build.data ? "ui.net.ownShort" : "ui.net.rowsGiven");
  return html`<div class="data-card" ${placed({ ...box, w: box.w - 14 })}>
    ${seen?.x ? picture(seen) : html`<div class="no-picture" aria-hidden="true">?</div>`}<b>${title}</b>${facts ? html`<span class="hint">${facts}</span>` : nothing}</div>`;
}

/** @param {Context} c @param {Draft} build @param {import("../../network/columns.js").Box} box */
export function lossCard(c, build, box) {
  const { t } = c;
  const said = saidAt(c, "/loss");
  return html`<div class="loss-card ${said ? (said.grave ? "bad" : "unwise") : ""}" ${placed({ ...box, x: box.x + 14, w: box.w - 14 })}>
    <span class="hint">${t("ui.net.loss")}</span><b>${word(t, "loss", build.loss)}</b>
    ${FORMULAS[build.loss] ? html`<span class="math" ${math(FORMULAS[build.loss])}></span>` : nothing}
    ${said ? html`<p class="said">${said.text}</p>` : nothing}</div>`;
}
