/** Which number lies along an axis: the parameter, and its row and column. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { parametersOf, read, written } from "../../landscape/elements.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c @param {"a" | "b"} axis */
export function elementChoice({ state, t, actions }, axis) {
  const { landscape: wish, net, graph } = state;
  if (!wish || !net) return nothing;
  const all = parametersOf(net, graph);
  const { parameter, place } = read(wish[axis]);
  const shape = all.find((p) => p.name === parameter)?.shape ?? [];
  const across = axis === "a" ? "b" : "a";
  // The number of the other axis changes places with this one.
  const look = (/** @type {string} */ name) => actions.lookAt({ [axis]: name, ...(name === wish[across] ? { [across]: wish[axis] } : {}), center: null, radius: null });
  const value = (/** @type {Event} */ e) => /** @type {HTMLSelectElement} */ (e.target).value;
  const part = (/** @type {number} */ k) => html`<select aria-label=${t("ui.landscape.index", { axis: t(`ui.landscape.${axis}`), k: k + 1 })} @change=${(/** @type {Event} */ e) => look(written(parameter, place.map((i, d) => (d === k ? Number(value(e)) : i))))}>
    ${Array.from({ length: shape[k] }, (_, i) => html`<option value=${i} .selected=${i === place[k]}>${i}</option>`)}</select>`;
  return html`<div class="element" role="group" aria-label=${t(`ui.landscape.${axis}`)}><b>${t(`ui.landscape.${axis}`)}</b>
    <select aria-label=${t("ui.landscape.parameter", { axis: t(`ui.landscape.${axis}`) })} @change=${(/** @type {Event} */ e) => look(written(value(e), (all.find((p) => p.name === value(e))?.shape ?? []).map(() => 0)))}>
      ${all.map((p) => html`<option value=${p.name} .selected=${p.name === parameter}>${p.name}</option>`)}</select>
    ${place.length ? html`<span aria-hidden="true">[</span>${place.map((_, k) => part(k))}<span aria-hidden="true">]</span>` : nothing}</div>`;
}
