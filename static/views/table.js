/** The graph as a table below its canvas: for those who read rather than look. */
import { html } from "../vendor/lit-html/lit-html.js";
import { latexOfNode } from "../indexed.js";
import { plain } from "../names.js";
import { hurried } from "../tempo.js";
import { rowsOf } from "./rows.js";

/** @param {import("./context.js").Context} c */
export function graphTable(c) {
  const { state, scope, t } = c;
  if (!scope?.frame) return html``;
  const { graph, frame, digits, lang, numbers } = scope;
  const style = { digits, lang, numbers, output: plain(latexOfNode(graph, graph.output)), t };
  const head = (/** @type {string} */ key) => html`<th role="columnheader" scope="col">${t(`ui.${key}`)}</th>`;
  return html`<section class="graph-table ${state.table ? "open" : ""}">
    <button class="toggle-table" aria-expanded=${state.table ? "true" : "false"} @click=${() => c.store.set({ table: !state.table })}>${t("ui.table")} <span>${t("ui.nodes", { n: graph.nodes.length })}</span></button>
    <div class="scroller" tabindex=${state.table ? "0" : "-1"} role="group" aria-label=${t("ui.rows")}>
      <table role="table" aria-label=${t("ui.table")} ${rowsOf({ graph, frame, step: state.step, style, key: `${digits} ${lang} ${numbers}`, busy: () => hurried(c.store.get()) })}>
        <thead role="rowgroup"><tr role="row">${head("node")}${head("operation")}${head("value")}${head("gradient")}</tr></thead></table></div></section>`;
}
