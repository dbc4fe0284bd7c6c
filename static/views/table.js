/** The graph as a table: for very large graphs, and for those who read rather than look. */
import { html } from "../vendor/lit-html/lit-html.js";
import { plain } from "../names.js";

/** @param {import("./context.js").Context} c */
export function graphTable(c) {
  const { state, scope, t } = c;
  const graph = /** @type {import("../types.js").Graph} */ (state.graph);
  const shown = (/** @type {any} */ v) => (v === null ? "" : Array.isArray(v) ? JSON.stringify(v) : c.number(v));
  return html`<div class="graph-table"><table><caption>${t("ui.table")}</caption><thead><tr><th>${t("ui.node")}</th><th>${t("ui.operation")}</th><th>${t("ui.value")}</th><th>${t("ui.gradient")}</th></tr></thead><tbody>
    ${graph.nodes.map((n) => {
      const f = scope?.frame?.nodes.get(n.id);
      return html`<tr data-node=${n.id} data-state=${f?.state ?? "pending"} data-grad=${f?.grad === "done" ? "done" : "pending"} aria-label="${plain(n.latex)}, ${f?.hasValue ? shown(n.value) : "?"}">
        <th>${plain(n.latex)}</th><td>${n.op ?? t(`ui.kind.${n.kind}`)}</td><td>${f?.hasValue ? shown(n.value) : "?"}</td><td>${f?.grad === "done" ? shown(n.grad) : ""}</td></tr>`;
    })}</tbody></table></div>`;
}
