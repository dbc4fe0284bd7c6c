/** Help: the keys, and whether letters are keys at all. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/** @param {(key: string) => string} t @returns {[string, string][]} */
const rows = (t) => [
  ["A", "ask"], ["C", "contents"], ["S", "spotlight"], ["R", "presenter"],
  ["→ · Page Down · N", "forward"], ["← · Page Up · P", "back"], [t("ui.space"), "play"], ["Home · End", "ends"],
  ["D", "digits"], ["W", "projector"], ["F", "full"], ["B · .", "blank"], ["Ctrl Z · Ctrl Y", "undo"], ["T", "train"], ["+ · −", "level"], ["[ · ]", "rows"], ["L", "layer"], ["I · O · 0", "zoom"], ["↑ ↓ · Shift ← →", "walk"], ["X", "transcript"], ["?", "help"],
];

/** Keys that do nothing where there is no server. */
const SERVED = ["ask", "contents", "spotlight", "presenter", "undo", "train", "level", "rows"];

/** @param {import("./context.js").Context} c */
export function help(c) {
  const { t, state, commands, config } = c;
  return html`<section class="help" role="dialog" aria-modal="false" aria-label=${t("ui.help")}>
    <div class="dialog-head"><h2>${t("ui.help")}</h2><button @click=${commands.help} aria-label=${t("ui.close")}>×</button></div>
    <p>${t(config.player ? "ui.player.helpText" : "ui.helpText")}</p>
    ${config.page === "lab" && state.left === "network" ? html`<p>${t("ui.sweep.help")}</p>` : nothing}
    <dl>${rows(t).filter(([, what]) => !(config.player && SERVED.includes(what))).map(([keys, what]) => html`<dt>${keys}</dt><dd>${t(`ui.key.${what}`)}</dd>`)}</dl>
    <label class="toggle"><input type="checkbox" .checked=${state.letters} @change=${commands.letters}> ${t("ui.letters")}</label>
    <p><button aria-keyshortcuts="x" @click=${commands.transcript}>${t("ui.transcript")}</button></p>
    ${config.player ? nothing : html`<p class="more"><a href="${config.base}/docs/ops?lang=${state.lang}">${t("docs.ops.title")}</a> · <a href="${config.base}/docs?lang=${state.lang}">${t("docs.reference.title")}</a></p>`}</section>`;
}
