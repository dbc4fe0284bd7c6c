/** The selected node: its value to edit (a leaf), and Nudge: Δf/Δx beside ∂f/∂x. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { latexOfNode, nodeOf } from "../indexed.js";
import { math } from "../math.js";
import { plain } from "../names.js";
import { layerOf, numberOf } from "../network/layer.js";
import { printValue, readValue } from "../typed.js";
import { elementsBox } from "./elements.js";

/** @typedef {import("./context.js").Context} Context */

const SIZES = [0.1, 0.01, 0.001];

/** @param {Context} c */
export function inspector(c) {
  const { state, t } = c;
  const fixed = state.network || c.config.player;
  const node = state.graph && nodeOf(state.graph, state.select);
  if (!node) return html`<p class="hint">${t(c.config.player ? "ui.player.selectHint" : "ui.selectHint")}</p>`;
  return html`<section class="inspector box" aria-label=${t("ui.selected")}><h3>${t("ui.selected")} <span ${math(node.latex)}></span></h3>
    ${node.op === null && node.value !== null && !fixed ? html`${valueEditor(c, node)}${role(c, node)}` : nothing}
    ${elementsBox(c, node)}${c.config.player ? nothing : takenApart(c, node)}${layerButton(c, node)}${node.nodes ? c.parts.network?.health(c, node.id) ?? nothing : nothing}
    ${node.grad !== null && !fixed ? nudge(c, node) : nothing}</section>`;
}

/** An operation on matrices, or a loss, opened into single numbers in its place.
 * @param {Context} c @param {import("../types.js").GraphNode} node */
function takenApart({ state, t, actions }, node) {
  const whole = node.element?.node ?? node.id;
  const apart = state.expand.includes(whole);
  const many = node.shape.length > 0 || state.graph?.edges.some((e) => e.target === node.id && e.local_kind === "rule") || /mse$/.test(node.op ?? "");
  if (state.detail === "scalar" || node.op === null || !(apart || many)) return nothing;
  return html`<button class="apart" aria-pressed=${apart ? "true" : "false"} @click=${() => actions.takeApart(whole)}>${t(apart ? "ui.together" : "ui.apart")}</button>`;
}

/** The layer of a network drawn as one card, or opened again. @param {Context} c @param {import("../types.js").GraphNode} node */
function layerButton({ state, t, actions }, node) {
  const layer = layerOf(node);
  if (!state.network || state.detail !== "tensor" || !layer) return nothing;
  const together = state.collapse.includes(layer);
  return html`<button class="apart" aria-keyshortcuts="l" aria-pressed=${together ? "true" : "false"} @click=${() => actions.collapse(layer)}>${t(together ? "ui.layer.unfold" : "ui.layer.collapse", { n: numberOf(layer) })} <kbd aria-hidden="true">L</kbd></button>`;
}

/** @param {Context} c @param {import("../types.js").GraphNode} node */
function valueEditor(c, node) {
  const { state, t, actions, store } = c;
  const commit = (/** @type {Event} */ e) => {
    const input = /** @type {HTMLInputElement} */ (e.target);
    const read = readValue(input.value);
    if ("problem" in read) {
      store.set({ toast: t(`ui.bad.${read.problem}`) });
      input.value = printValue(node.value, state.lang);
    } else actions.setValue(node.id, read.value);
  };
  const slide = (/** @type {boolean} */ last) => (/** @type {Event} */ e) =>
    actions.drag(node.id, Number(/** @type {HTMLInputElement} */ (e.target).value), last);
  const scalar = typeof node.value === "number";
  const reach = scalar ? Math.max(2, Math.ceil(Math.abs(Number(node.value)) * 2)) : 2;
  return html`<div class="value-editor"><label>${t("ui.value")}
    <input id="edit-value" type="text" inputmode="decimal" autocomplete="off" .value=${printValue(node.value, state.lang)} @change=${commit}></label>
    ${scalar ? html`<button class="sign" aria-label=${t("ui.flipSign")} @click=${() => actions.setValue(node.id, -Number(node.value))}>±</button>
      <input class="slide" type="range" aria-label=${t("ui.slideValueOf", { name: plain(node.latex) })} min=${-reach} max=${reach} step="0.05" .value=${String(node.value)}
        @input=${slide(false)} @change=${slide(true)}>` : nothing}</div>`;
}

/** @param {Context} c @param {import("../types.js").GraphNode} node */
function role({ state, t, actions }, node) {
  const data = state.constants.includes(node.id);
  return html`<label class="toggle"><input type="checkbox" .checked=${data} @change=${() => actions.setRole(node.id, !data)}> ${t("ui.isData")}</label>`;
}

/** @param {Context} c @param {import("../types.js").GraphNode} node */
function nudge(c, node) {
  const { state, t, actions } = c;
  const { result } = state.nudge;
  const mine = state.nudge.node === node.id ? result : null;
  const index = node.shape.map(() => 0);
  const output = plain(state.graph && latexOfNode(state.graph, state.graph.output) || "");
  const name = plain(node.latex) + (index.length ? `[${index.join(", ")}]` : "");
  return html`<div class="nudge"><b>${t("ui.nudge")}</b> <label>h <select @change=${(/** @type {Event} */ e) => c.store.set({ nudge: { ...state.nudge, h: Number(/** @type {HTMLSelectElement} */ (e.target).value) } })}>
      ${SIZES.map((h) => html`<option value=${h} ?selected=${h === state.nudge.h}>${c.number(h)}</option>`)}</select></label>
    <button @click=${() => actions.nudge(node.id, state.nudge.h, index)}>${name} ± h</button>
    ${mine ? html`<dl><dt>${output}(${name} + h)</dt><dd>${c.number(mine.plus)}</dd><dt>${output}(${name} − h)</dt><dd>${c.number(mine.minus)}</dd>
      <dt>Δ${output} / Δ${name}</dt><dd class="slope">${c.number(mine.slope)}</dd><dt>∂${output} / ∂${name}</dt><dd class="gradient">${c.number(mine.gradient)}</dd></dl>
      ${mine.kink ? html`<p class="hint">${t("ui.nudgeKink")}</p>` : nothing}` : nothing}</div>`;
}
