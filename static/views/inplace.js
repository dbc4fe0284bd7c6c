/** A leaf's value typed where it stands: a field over its card. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { ref } from "../vendor/lit-html/directives/ref.js";
import { nodeOf } from "../indexed.js";
import { plain } from "../names.js";
import { viewOf } from "../stage/scene.js";
import { printValue, readValue } from "../typed.js";

/** @param {import("./context.js").Context} c */
export function inPlace(c) {
  const { state, scope, scene, room, store, actions, t } = c;
  const node = state.graph && nodeOf(state.graph, state.editing);
  if (!node || !scope || !room || node.value === null) return nothing;
  const at = scene?.placed.nodes.get(node.id);
  if (!scene || !at) return nothing;
  const view = viewOf(scene, room, scope, state.camera);
  const close = () => store.set({ editing: "" });
  const commit = (/** @type {HTMLInputElement} */ input) => {
    const read = readValue(input.value);
    if ("problem" in read) return store.set({ toast: t(`ui.bad.${read.problem}`) });
    close();
    if (JSON.stringify(read.value) !== JSON.stringify(node.value)) actions.setValue(node.id, read.value);
  };
  const keys = (/** @type {KeyboardEvent} */ e) => {
    if (e.key === "Enter") commit(/** @type {HTMLInputElement} */ (e.target));
    if (e.key === "Escape") close();
    if (e.key === "Enter" || e.key === "Escape") requestAnimationFrame(() => focusNode(node.id));
  };
  const place = (/** @type {Element | undefined} */ element) => {
    if (!(element instanceof HTMLInputElement) || element.dataset.for === node.id) return;
    element.dataset.for = node.id;
    element.value = printValue(node.value, state.lang);
    element.style.left = `${Math.max(6, view.x + at.x * view.k)}px`;
    element.style.top = `${view.y + (at.y + scene.m.line * 1.25) * view.k}px`;
    element.style.width = `${Math.max(120, at.w * view.k)}px`;
    element.style.fontSize = `${Math.max(16, scene.m.value * view.k)}px`;
    queueMicrotask(() => {
      element.focus();
      element.select();
    });
  };
  return html`<input class="in-place" type="text" inputmode="decimal" autocomplete="off" aria-label=${t("ui.valueOf", { name: plain(node.latex) })} ${ref(place)} @keydown=${keys} @blur=${(/** @type {Event} */ e) => { if (store.get().editing === node.id) commit(/** @type {HTMLInputElement} */ (e.target)); }}>`;
}

/** @param {string} id */
const focusNode = (id) =>
  /** @type {HTMLElement | null} */ (document.querySelector(`[data-node="${CSS.escape(id)}"]`))?.focus();
