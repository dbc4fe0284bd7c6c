/** How finely the graph is drawn: layers, whole matrices, or every element a node of its own. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @typedef {"layer" | "tensor" | "scalar"} Detail */

/** @param {import("./context.js").Context} c */
export function detailChoice({ state, t, actions }) {
  const arrays = state.graph?.nodes.some((n) => n.shape.length > 0);
  if (!arrays && state.detail === "tensor" && !state.network) return nothing;
  const levels = state.network ? ["layer", "tensor", "scalar"] : ["tensor", "scalar"];
  const choose = (/** @type {Event} */ e) => actions.setDetail(/** @type {Detail} */ (/** @type {HTMLSelectElement} */ (e.target).value));
  return html`<label class="detail">${t("ui.detail")} <select @change=${choose}>
    ${levels.map((d) => html`<option value=${d} ?selected=${d === state.detail}>${t(`ui.detail.${d}`)}</option>`)}</select></label>`;
}
