/** How training fares, layer by layer: the gradient's length, how many units are saturated, how many are dead. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { layersOf } from "../../network/fare.js";

/** @typedef {import("../context.js").Context} Context */

const WIDTH = 100;

/** @param {Context} c @param {string} [only]  one layer */
export function health(c, only) {
  const { state, t, number } = c;
  const layers = layersOf(state).filter(({ layer }) => !only || layer === only);
  if (!layers.length) return nothing;
  const some = (/** @type {"saturated" | "dead"} */ what) => layers.some((l) => l[what] !== null);
  const share = (/** @type {string} */ kind, /** @type {number | null} */ v) => (v === null ? html`<td></td>` : html`<td class="bar ${kind}">${bar(v)}<span>${number(Math.round(v * 100))} %</span></td>`);
  return html`<div class="widget health"><table><caption>${t("ui.net.health")}</caption>
    <thead><tr><th scope="col">${t("ui.net.layerWord")}</th><th scope="col">‖∇‖</th>${some("saturated") ? html`<th scope="col">${t("ui.net.saturated")}</th>` : nothing}${some("dead") ? html`<th scope="col">${t("ui.net.deadWord")}</th>` : nothing}</tr></thead>
    <tbody>${layers.map((l) => html`<tr><th scope="row">${l.title}</th><td class="bar norm">${bar(l.length)}<span>${number(l.norm)}</span></td>
      ${some("saturated") ? share("sat", l.saturated) : nothing}${some("dead") ? share("dead", l.dead) : nothing}</tr>`)}</tbody></table>
    ${only ? nothing : html`<p class="hint">${t("ui.net.healthHint")}</p>`}</div>`;
}

/** @param {number} share */
const bar = (share) => html`<svg viewBox="0 0 ${WIDTH} 12" preserveAspectRatio="none" aria-hidden="true"><rect class="rest" width=${WIDTH} height="12" rx="2"></rect><rect width=${WIDTH * Math.min(1, share)} height="12" rx="2"></rect></svg>`;
