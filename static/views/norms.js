/** How long the gradient of each parameter is, as bars, as far as the playhead has come. */
import { html } from "../vendor/lit-html/lit-html.js";
import { latexOfNode } from "../indexed.js";
import { plain } from "../names.js";

/** @typedef {import("./context.js").Context} Context */

const WIDTH = 150;

/** @param {Context} c */
export function norms(c) {
  const { graph } = c.state;
  const frame = c.scope?.frame;
  const bars = (graph?.updates ?? []).map((u) => ({ id: u.parameter, size: length(u.gradient), known: frame?.nodes.get(u.parameter)?.grad === "done" && c.scope?.numbers }));
  const longest = Math.max(1e-12, ...bars.map((b) => b.size));
  const name = (/** @type {string} */ id) => plain(graph ? latexOfNode(graph, id) : id);
  return html`<div class="widget norms"><table><caption>${c.t("ui.norms")}</caption><tbody>${bars.sort((a, b) => (a.id < b.id ? -1 : 1)).map((b) => html`<tr><th scope="row">‖∂/∂${name(b.id)}‖</th>
    <td class="bar"><svg viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none" aria-hidden="true"><rect width=${b.known ? Math.max(2, (WIDTH * b.size) / longest) : 0} height="16" rx="3"></rect></svg></td><td>${b.known ? c.number(b.size) : "?"}</td></tr>`)}</tbody></table></div>`;
}

/** @param {import("../types.js").Numbers} value */
const length = (value) => Math.hypot(...(Array.isArray(value) ? value.flat(3) : [value]).map(Number));
