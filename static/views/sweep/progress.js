/** How far a sweep is, for eyes and for ears, and what can be done with it. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { underWay } from "../../sweep/swept.js";
import { focusLost } from "../network/focus.js";

/** @typedef {import("../context.js").Context} Context */

/** So often a screen reader is told while runs end. */
const TOLD = 4;

/** @param {Context} c @param {import("../../sweep/swept.js").Answer} answer */
export function progress(c, answer) {
  const { state: { swept }, t, actions, number, commands, config } = c;
  const { state, done, total } = answer;
  const active = underWay(answer);
  const said = (/** @type {number} */ n) => `${t(`ui.sweep.state.${state}`)}: ${t("ui.sweep.ended", { done: number(n), total: number(total) })}`;
  const count = (/** @type {string} */ how) => answer.runs.filter((r) => r.state === how).length;
  const troubles = ["diverged", "failed"].filter((how) => count(how)).map((how) => t(`ui.sweep.${how}`, { n: number(count(how)) }));
  const milestone = active ? Math.floor((Math.floor((done / total) * TOLD) / TOLD) * total) : done;
  return html`<div class="sweep-progress ${state}"><p><b>${said(done)}</b>${troubles.length ? html` <span class="diverged">${troubles.join(", ")}</span>` : nothing}</p>
    <progress max=${total} .value=${done} aria-label=${t("ui.sweep.progress")}></progress>
    <div class="drive">${active ? html`<button ?disabled=${swept.busy} @click=${() => actions.cancelSweep().then(() => focusLost(".sweep-progress button:enabled"))}>${t("ui.sweep.cancel")}</button>` : nothing}
      <button ?disabled=${!done} @click=${actions.saveSwept}>${t("ui.sweep.csv")}</button><button @click=${commands.link}>${t("ui.net.copyLink")}</button></div>
    <p class="lost" role="status">${swept.lost}</p>
    <p class="visually-hidden" role="status">${said(milestone)}</p>
    <p class="hint">${t(active ? "ui.sweep.goesOn" : "ui.sweep.kept", { days: number(config.keepDays) })}</p></div>`;
}
