/** In the hand the drawing of a draft is wider than the screen: its columns in one row of buttons, each brought to the middle. */
import { html } from "../../vendor/lit-html/lit-html.js";
import { idAt } from "../../network/said.js";

/** @typedef {import("../context.js").Context} Context */

/** How tall the row is, in pixels. */
export const STRIP = 48;

/** Data, the sizes of the columns as they are said, 2 – 4 – 1, and the loss. @param {Context} c @param {import("../../network/draft.js").Draft} build */
export function strip({ t }, build) {
  const last = build.layers.length - 1;
  const go = (/** @type {string} */ selector) => (/** @type {Event} */ e) =>
    /** @type {Element} */ (e.currentTarget).closest(".draft")?.querySelector(selector)?.scrollIntoView({ inline: "center", block: "nearest" });
  const stop = (/** @type {string} */ text, /** @type {string} */ label, /** @type {string} */ selector) =>
    html`<button aria-label=${t("ui.net.bring", { name: label === text ? text : `${label}: ${text}` })} @click=${go(selector)}>${text}</button>`;
  return html`<nav class="strip" aria-label=${t("ui.net.strip")}>${stop(t("ui.net.group.data"), t("ui.net.group.data"), ".data-card")}
    ${stop(String(build.inputs), t("ui.net.inputs"), ".column.inputs")}
    ${build.layers.map((layer, i) => stop(String(layer.units), i === last ? t("ui.net.answer") : t("ui.net.layer", { n: i + 1 }), `#${idAt(`/layers/${i}`)}`))}
    ${stop(t("ui.net.loss"), t("ui.net.loss"), ".loss-card")}</nav>`;
}
