/** The networks that were opened in this browser, and the way in for one from a file. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { standing } from "../../network/shown.js";
import { filePicker } from "./fields.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function recentNetworks(c) {
  const { state, t, actions } = c;
  const others = state.recent.filter((r) => r.id !== state.network);
  return html`<details class="group" .open=${!standing(state) && others.length > 0}>
    <summary><b>${t("ui.net.recent")}</b> <span class="gist">${others.length || nothing}</span></summary>
    <div class="recent">${filePicker(t("ui.net.import"), ".json,application/json", actions.importNetwork)}
      ${others.length ? listed(c, others) : html`<p class="hint">${t("ui.net.noRecent")}</p>`}</div></details>`;
}

/** @param {Context} c @param {import("../../network/recent.js").Recent[]} others */
function listed({ state, t, actions, config, number }, others) {
  const address = (/** @type {string} */ network) => `${config.base}/lab?${new URLSearchParams({ lang: state.lang, left: "network", network, tab: "training" })}`;
  return html`<ul>${others.map((r) => html`<li><a href=${address(r.id)}>${r.name || t("ui.net.unnamed")}</a> <span class="hint">${r.of} · ${when(r.at, state.lang)}</span>
      <button class="quiet" aria-label="${t("ui.net.forget")}: ${r.name || r.of}" title=${t("ui.net.forget")} @click=${() => actions.forget(r.id)}>×</button></li>`)}</ul>
    <p class="hint">${t("ui.net.recentHint", { days: number(config.keepDays) })}</p><button class="quiet" @click=${actions.forgetAll}>${t("ui.net.forgetAll")}</button>`;
}

/** @param {number} at @param {string} lang */
const when = (at, lang) => new Date(at).toLocaleString(lang, { dateStyle: "short", timeStyle: "short" });
