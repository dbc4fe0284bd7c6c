/** The lab's left side for networks: what is kept of it, then its settings; the layers are drawn on the stage. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { standing, viewing } from "../../network/shown.js";
import { allowed, dropped } from "./drop.js";
import { batchGroup, dataGroup, learningGroup, startGroup } from "./groups.js";
import { nameField, savedNetwork } from "./saved.js";
import { recentNetworks } from "./recent.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function builder(c) {
  const { state, t, store, actions } = c;
  const { tables } = state;
  if (!tables) return html`<p class="empty">${t("ui.computing")}</p>`;
  const explain = () => store.set({ explained: !state.explained });
  return html`<section class="editor builder" aria-label=${t("ui.net.builder")} @dragover=${allowed} @drop=${dropped(c)}>
    <div class="row tools">${undoable(t("ui.undo"), "Ctrl+Z", state.buildPast, actions.undoDraft)}${undoable(t("ui.redo"), "Ctrl+Y", state.buildFuture, actions.redoDraft)}
      <button class="icon" aria-pressed=${state.explained ? "true" : "false"} @click=${explain}>${t("ui.net.explain")}</button></div>
    ${standing(state) ? savedNetwork(c) : nameField(c)}
    <fieldset class="settings" ?disabled=${viewing(state)} title=${viewing(state) ? t("ui.share.viewOnly") : nothing}>${dataGroup(c, tables)}${batchGroup(c)}${learningGroup(c, tables)}${startGroup(c, tables)}</fieldset>
    ${recentNetworks(c)}
  </section>`;
}

/** A button that keeps the focus when there is nothing more to undo. @param {string} label @param {string} keys @param {unknown[]} left @param {() => unknown} act */
const undoable = (label, keys, left, act) => html`<button class="icon" title=${keys} aria-disabled=${left.length ? "false" : "true"} @click=${act}>${label}</button>`;
