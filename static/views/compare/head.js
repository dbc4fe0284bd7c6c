/** Over a comparison and over a sweep: from the one to the other, and out. */
import { html } from "../../vendor/lit-html/lit-html.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c @param {boolean} swept */
export function head({ t, actions }, swept) {
  const ways = [{ word: "ui.compare.live", on: !swept, go: () => actions.openComparison() }, { word: "ui.sweep.title", on: swept, go: () => actions.openSweep() }];
  const leave = () => (swept ? actions.closeSweep() : actions.closeComparison());
  return html`<header class="survey-head"><h2>${t(swept ? "ui.sweep.title" : "ui.compare.title")}</h2>
    <div class="ways" role="group" aria-label=${t("ui.compare.ways")}>${ways.map(({ word, on, go }) => html`<button aria-pressed=${on ? "true" : "false"} @click=${() => { if (!on) void go(); }}>${t(word)}</button>`)}</div>
    <button @click=${leave}>${t(swept ? "ui.sweep.close" : "ui.compare.close")}</button></header>`;
}
