/** Layers as columns of neurons, each with its own buttons: more, fewer, another activation. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { ACTIVATIONS, deepened, resized, shallower, withLayer } from "../../network/draft.js";

/** @typedef {import("../context.js").Context} Context */

const DRAWN = 6;
const GAP = { x: 46, y: 20 };

/** @param {Context} c */
export function layersView(c) {
  const { state: { build }, t, actions } = c;
  const last = build.layers.length - 1;
  return html`${sketch([build.inputs, ...build.layers.map((l) => l.units)], t("ui.net.sketch", { sizes: [build.inputs, ...build.layers.map((l) => l.units)].join(" – ") }))}
    <ol class="layers">${build.layers.map((layer, i) => html`<li>
      <b>${i === last ? t("ui.net.answer") : t("ui.net.layer", { n: i + 1 })}</b>
      <span class="units"><button aria-label="${t("ui.net.fewer")} · ${t("ui.net.layer", { n: i + 1 })}" ?disabled=${layer.units <= 1} @click=${() => actions.redraft(resized(build, i, -1))}>−</button>
        <output aria-label=${t("ui.net.units")}>${layer.units}</output>
        <button aria-label="${t("ui.net.more")} · ${t("ui.net.layer", { n: i + 1 })}" @click=${() => actions.redraft(resized(build, i, 1))}>+</button></span>
      <select aria-label="${t("ui.net.activation")} · ${t("ui.net.layer", { n: i + 1 })}" @change=${(/** @type {Event} */ e) => actions.redraft(withLayer(build, i, { activation: /** @type {HTMLSelectElement} */ (e.target).value }))}>
        ${ACTIVATIONS.map((a) => html`<option value=${a} ?selected=${a === layer.activation}>${a}</option>`)}</select>
      <label class="toggle"><input type="checkbox" .checked=${layer.bias} @change=${(/** @type {Event} */ e) => actions.redraft(withLayer(build, i, { bias: /** @type {HTMLInputElement} */ (e.target).checked }))}> b</label>
      ${i < last ? html`<button aria-label="${t("ui.net.remove")} · ${t("ui.net.layer", { n: i + 1 })}" @click=${() => actions.redraft(shallower(build, i))}>×</button>` : nothing}</li>`)}</ol>
    <button @click=${() => actions.redraft(deepened(build))}>${t("ui.net.addLayer")}</button>`;
}

/** Dots and lines; of wide layers the first neurons and how many there are. @param {number[]} sizes @param {string} label */
function sketch(sizes, label) {
  const shown = sizes.map((n) => Math.min(n, DRAWN));
  const tall = Math.max(...shown);
  const at = (/** @type {number} */ i, /** @type {number} */ j) => ({ x: 14 + i * GAP.x, y: 12 + (j + (tall - shown[i]) / 2) * GAP.y });
  const [w, h] = [28 + (sizes.length - 1) * GAP.x, 24 + (tall - 1) * GAP.y + 16];
  const lines = shown.slice(1).flatMap((n, i) => Array.from({ length: n }, (_, k) => Array.from({ length: shown[i] }, (_, j) => [at(i, j), at(i + 1, k)]))).flat();
  return html`<svg class="sketch" viewBox="0 0 ${w} ${h}" role="img" aria-label=${label}>
    ${lines.map(([a, b]) => svg`<line x1=${a.x} y1=${a.y} x2=${b.x} y2=${b.y}></line>`)}
    ${shown.flatMap((n, i) => Array.from({ length: n }, (_, j) => svg`<circle cx=${at(i, j).x} cy=${at(i, j).y} r="6"></circle>`))}
    ${sizes.map((n, i) => svg`<text x=${at(i, 0).x} y=${h - 3}>${n}</text>`)}</svg>`;
}
