/** The selected array cell by cell, lit together with what stands for each cell in the scalar graph; one neuron unfolds in its place. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { latexOfNode, nodeOf } from "../indexed.js";
import { arrayOf, linked, neuronOf } from "../linked.js";
import { plain } from "../names.js";
import { elementId, elementLatex, elementOf, firstOf, lookedAt, valueAt } from "../network/element.js";
import { cellGrid } from "./cells.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} c @param {import("../types.js").GraphNode} node */
export function elementsBox(c, node) {
  const { state, scope, t } = c;
  const graph = /** @type {import("../types.js").Graph} */ (state.graph);
  const name = node.element?.node ?? node.id;
  const value = arrayOf(graph, name);
  if (!Array.isArray(value) || Array.isArray(value[0]?.[0]) || node.nodes) return nothing;
  const known = !!scope?.numbers && scope.frame?.nodes.get(node.id)?.hasValue !== false;
  const looked = elementOf(lookedAt(state));
  const index = looked.name === name && valueAt(value, looked.index) !== null ? looked.index : node.element?.index ?? firstOf(value);
  const lit = (/** @type {number[]} */ at) => (String(Array.isArray(value[0]) ? at : [at[1]]) === String(index) ? "chosen" : "");
  const label = t("ui.elements.of", { name: plain(latexOfNode(graph, name)) });
  return html`<div class="elements">${cellGrid(c, { name, value, tone: "value", label, known, lit })}
    ${linked(graph, elementId(name, index)).edges.size ? html`<p class="hint">${t("ui.elements.linked", { name: symbol(graph, name, index) })}</p>` : nothing}
    ${state.detail === "tensor" && !c.config.player ? unfold(c, graph, neuronOf(graph, name, index)) : nothing}</div>`;
}

/** @param {import("../types.js").Graph} graph @param {string} name @param {number[]} index */
const symbol = (graph, name, index) => plain(elementLatex(latexOf(graph, name), index));

/** Also of an array that was taken apart. @param {import("../types.js").Graph} graph @param {string} name */
const latexOf = (graph, name) => nodeOf(graph, name)?.latex ?? name;

/** One neuron opened into its products and its sum, the others left whole. @param {Context} c
 * @param {import("../types.js").Graph} graph @param {{name: string, index: number[]} | null} neuron */
function unfold({ state, t, actions }, graph, neuron) {
  if (!neuron || state.expand.includes(neuron.name) || !nodeOf(graph, neuron.name)) return nothing;
  const id = elementId(neuron.name, neuron.index);
  const open = state.expand.includes(id);
  return html`<button class="apart" aria-pressed=${open ? "true" : "false"} @click=${() => actions.takeApart(id)}>${t(open ? "ui.elements.fold" : "ui.elements.unfold", { name: symbol(graph, neuron.name, neuron.index) })}</button>`;
}
