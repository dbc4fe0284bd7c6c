/** A text to be taken along: shown as it is, and copied by a button. */
import { html } from "../vendor/lit-html/lit-html.js";

/** @param {import("./context.js").Context} c @param {string} name  of the field @param {string} text */
export function copied({ t, store }, name, text) {
  const copy = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLElement} */ (event.currentTarget).parentElement?.querySelector("textarea");
    const chosen = () => (field?.focus(), field?.select(), store.set({ toast: t("ui.copyFailed") }));
    if (!navigator.clipboard) return chosen();
    navigator.clipboard.writeText(text).then(() => store.set({ toast: t("ui.copied") }), chosen);
  };
  return html`<div class="copied"><textarea readonly rows=${Math.min(12, Math.max(4, text.split("\n").length))} wrap=${text.includes("\n") ? "off" : "soft"} spellcheck="false" aria-label=${name} .value=${text}></textarea>
    <button @click=${copy}>${t("ui.copy")}</button></div>`;
}
