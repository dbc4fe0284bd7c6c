/** The ways from a network to its comparison and to its landscape. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export const doors = ({ t, state, actions }) => html`<div class="drive doors"><button @click=${() => actions.openComparison()}>${t("ui.compare.door")}</button>
  ${state.net ? html`<button @click=${actions.openLandscape}>${t("ui.landscape.door")}</button>` : nothing}</div>`;

/** @param {Context} c */
export const compareDoor = ({ t, state, actions }) => html`<button ?disabled=${!state.tables} @click=${() => actions.openComparison()}>${t("ui.compare.door")}</button>`;
