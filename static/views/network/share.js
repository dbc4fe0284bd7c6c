/** Giving a network to others: a link that shows it, and one that lets it be changed. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { viewing } from "../../network/shown.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function share(c) {
  const { state, t, actions } = c;
  const link = (/** @type {"view" | "edit"} */ kind) => html`<li><button @click=${() => actions.copyLink(kind)}>${t(`ui.share.${kind}`)}</button>
    <span class="hint">${t(`ui.share.${kind}Gives`)}</span></li>`;
  return html`<details class="group files giving" ?open=${viewing(state)}><summary><b>${t("ui.share.title")}</b></summary>
    <ul>${link("view")}${viewing(state) ? nothing : link("edit")}</ul></details>`;
}

/** What one may do with a network that is only shown, and the way to one of one's own. @param {Context} c */
export const shownOnly = (c) => noted(c, html`<b>${c.t("ui.share.viewing")}</b> ${c.t("ui.share.follows")}`);

/** The same in place of what would train it. @param {Context} c */
export const instead = (c) => noted(c, c.t("ui.share.viewOnly"));

/** @param {Context} c @param {unknown} said */
const noted = ({ state, t, actions }, said) => html`<div class="looking" role="note"><p>${said}</p>
  <div class="drive"><button class="main" ?disabled=${state.pending} @click=${actions.copy}>${t("ui.share.copyToChange")}</button></div></div>`;
