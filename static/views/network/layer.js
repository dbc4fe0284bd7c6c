/** A layer as one node: how many steps stand in one, and what its numbers say together. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { nodeOf } from "../../indexed.js";
import { plain } from "../../names.js";

/** @typedef {import("../context.js").Context} Context */

const MEASURES = ["min", "max", "mean", "norm", "zeros"];
const PAIRS = [["values", "grads"], ["weights", "weight_grads"]];

/** @param {Context} c @param {import("../../types.js").Step} step */
export function layerStep(c, step) {
  const { state, t } = c;
  const node = state.graph && nodeOf(state.graph, step.node);
  if (!node) return nothing;
  return html`<p class="sentence">${t(`ui.layerStep.${step.phase}`, { name: plain(node.latex), n: step.steps?.length ?? 1 })}</p>
    ${node.statistics ? table(c, node.statistics) : nothing}<p class="hint">${t("ui.layerHint")}</p>`;
}

/** @param {Context} c @param {Record<string, Record<string, any> | null>} statistics */
const table = ({ t, number }, statistics) => PAIRS.map((pair) => {
  const kinds = pair.filter((kind) => statistics[kind]);
  return kinds.length ? html`<div class="widget"><table><thead><tr><td></td>${kinds.map((kind) => html`<th scope="col">${t(`ui.layer.${kind}`)}</th>`)}</tr></thead>
    <tbody>${MEASURES.map((m) => html`<tr><th scope="row">${t(`ui.layer.${m}`)}</th>${kinds.map((kind) => html`<td>${number(statistics[kind]?.[m] ?? null)}</td>`)}</tr>`)}</tbody></table></div>` : nothing;
});
