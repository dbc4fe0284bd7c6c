/** How training fares, layer by layer: the gradient's length, and how many units answer 0 to every row. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";

/** @typedef {import("../context.js").Context} Context */

const WIDTH = 100;
/** Gradients shorter than this share of the longest have no bar left: six powers of ten. */
const DECADES = 6;

/** @param {Context} c */
export function health({ state, t, number }) {
  const norms = last(state.series?.gradient_norm);
  const dead = last(state.series?.dead_units);
  if (!norms.length) return nothing;
  const longest = Math.max(...norms.map(([, v]) => v), Number.MIN_VALUE);
  const share = (/** @type {number} */ v) => Math.max(0.02, 1 + Math.log10(Math.max(v / longest, 1e-12)) / DECADES);
  return html`<div class="widget norms"><table><caption>${t("ui.net.health")}</caption><tbody>${norms.map(([layer, v]) => html`<tr><th scope="row">${layer}</th>
    <td class="bar"><svg viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none" aria-hidden="true"><rect width=${WIDTH * share(v)} height="16"></rect></svg></td><td>${number(v)}</td></tr>`)}
    ${dead.map(([unit, v]) => html`<tr><th scope="row">${unit}</th><td colspan="2">${t("ui.net.dead", { share: number(v * 100) })}</td></tr>`)}</tbody></table></div>`;
}

/** The newest measure of each column. @param {Record<string, (number | null)[]> | undefined} columns @returns {[string, number][]} */
const last = (columns) => Object.entries(columns ?? {}).flatMap(([name, values]) => {
  const value = values.at(-1);
  return typeof value === "number" ? [/** @type {[string, number]} */ ([name, value])] : [];
});
