/** How the numbers of a node are spread, on demand: histograms of its values and of its gradients. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { plain } from "../../names.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/steer.js").Histogram} Histogram */

const SIZE = { w: 300, h: 84 };

/** @param {Context} c */
export function spread(c) {
  const { state, t, actions } = c;
  const { spread: found, spreadOf } = state.steer;
  const nodes = (state.graph?.nodes ?? []).filter((n) => n.shape.length > 0 && !n.element && !n.statistics && !n.id.startsWith("%"));
  if (!nodes.length && !spreadOf) return nothing;
  const choose = (/** @type {Event} */ e) => actions.showSpread(/** @type {HTMLSelectElement} */ (e.target).value);
  return html`<label class="choice">${t("ui.net.spread")} <select ?disabled=${state.training} @change=${choose}><option value="" ?selected=${!spreadOf}>${t("ui.net.spreadNone")}</option>
      ${nodes.map((n) => html`<option value=${n.id} ?selected=${n.id === spreadOf}>${plain(n.latex)}</option>`)}</select></label>
    ${spreadOf && found ? html`<div class="spread">${histogram(c, t("ui.value"), "fwd", found.values)}${found.grads ? histogram(c, t("ui.gradient"), "bwd", found.grads) : nothing}</div>` : nothing}`;
}

/** @param {Context} c @param {string} word @param {string} tone @param {Histogram} h */
function histogram({ t, number }, word, tone, h) {
  const most = Math.max(1, ...h.counts);
  const w = SIZE.w / h.counts.length;
  const [low, high] = [h.edges[0], h.edges[h.edges.length - 1]];
  const text = t("ui.net.spreadText", { what: word, n: number(h.size), mean: number(h.mean), deviation: number(h.deviation), low: number(low), high: number(high) });
  return html`<figure class=${tone}><figcaption>${text}${h.not_finite ? html` <b>${t("ui.net.notFinite", { n: h.not_finite })}</b>` : nothing}</figcaption>
    <svg viewBox="0 0 ${SIZE.w} ${SIZE.h}" preserveAspectRatio="none" role="img" aria-label=${text}>${h.counts.map((n, i) => svg`<rect x=${i * w + 0.5} width=${Math.max(1, w - 1)} y=${SIZE.h - (n / most) * SIZE.h} height=${(n / most) * SIZE.h}></rect>`)}</svg>
    <div class="ends"><span>${number(low)}</span><span>${number(high)}</span></div></figure>`;
}
