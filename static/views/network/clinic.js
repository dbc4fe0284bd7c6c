/** When a number has left its range: why, what to try, and the way back. The path is lit on the stage. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { viewing } from "../../network/shown.js";
import { ref } from "../../vendor/lit-html/directives/ref.js";

/** @typedef {import("../context.js").Context} Context */

/** It comes where one looks, wherever the panel was scrolled to. @param {Element | undefined} element */
const reveal = (element) => element?.scrollIntoView({ block: "nearest" });

/** @param {Context} c */
export function clinic(c) {
  const { state, t, actions, number } = c;
  const { diagnosis } = state.steer;
  if (!diagnosis || state.training) return nothing;
  const { before, advice } = diagnosis;
  const better = advice.find((a) => a.change);
  return html`<section class="clinic" role="alert" aria-label=${t("ui.clinic.title")} ${ref(reveal)}><h2>${t("ui.clinic.stopped", { n: number(diagnosis.iteration + 1) })}</h2>
    <p>${diagnosis.text}</p>
    ${c.scene ? html`<p class="hint">${t("ui.clinic.lit")}</p>` : nothing}
    <h3>${t("ui.clinic.try")}</h3><ul>${advice.map((a) => html`<li>${a.text}</li>`)}</ul>
    ${viewing(state) ? html`<p class="hint">${t("ui.share.viewOnly")}</p>` : before === null ? html`<p class="hint">${t("ui.clinic.never")}</p>` : html`<div class="drive">
      <button class="main" ?disabled=${state.pending} @click=${() => actions.rewind(before)}>${t("ui.clinic.rewind", { n: number(before) })}</button>
      ${better?.change?.optimizer ? html`<button ?disabled=${state.pending} @click=${() => actions.rewind(before, better.change ?? undefined)}>${t("ui.clinic.rewindWith", { rate: number(better.change.optimizer.learning_rate) })}</button>` : nothing}</div>`}</section>`;
}
