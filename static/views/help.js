/** Help: the keys, and whether letters are keys at all. */
import { html } from "../vendor/lit-html/lit-html.js";

const ROWS = [
  ["→ · Page Down · N", "forward"], ["← · Page Up · P", "back"], ["␣", "play"], ["Home · End", "ends"],
  ["D", "digits"], ["W", "projector"], ["F", "full"], ["B · .", "blank"], ["Ctrl Z · Ctrl Y", "undo"], ["?", "help"],
];

/** @param {import("./context.js").Context} c */
export function help(c) {
  const { t, state, commands } = c;
  return html`<section class="help" role="dialog" aria-modal="false" aria-label=${t("ui.help")}>
    <header><h2>${t("ui.help")}</h2><button @click=${commands.help} aria-label=${t("ui.close")}>×</button></header>
    <p>${t("ui.helpText")}</p>
    <dl>${ROWS.map(([keys, what]) => html`<dt>${keys}</dt><dd>${t(`ui.key.${what}`)}</dd>`)}</dl>
    <label class="toggle"><input type="checkbox" .checked=${state.letters} @change=${commands.letters}> ${t("ui.letters")}</label></section>`;
}
