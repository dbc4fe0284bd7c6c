/** Train and stop: how fast, how far, how it is getting on, and what happens from an earlier iteration. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { steer } from "../../network/steer.js";
import { viewing } from "../../network/shown.js";
import { numberField } from "./fields.js";
import { instead } from "./share.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/requests.js").Network} Network */

const PACES = ["1", "5", "30", "fast"];

/** @param {Context} c @param {Network} net */
export function drive(c, net) {
  const { state, t, actions, number } = c;
  const { training, steer: { epochs, until } } = state;
  if (viewing(state)) return instead(c);
  const busy = state.pending || training;
  const earlier = !training && net.iteration < net.furthest;
  const label = training ? t("ui.net.stop") : epochs === null ? t("ui.net.trainOn") : t(epochs === 1 ? "ui.net.trainOne" : "ui.net.train", { n: number(epochs) });
  const step = (/** @type {"iteration" | "epoch"} */ phase, /** @type {string} */ text) => html`<button ?disabled=${busy} @click=${() => actions.stepOn(phase)}>${text}</button>`;
  return html`${earlier ? looking(c, net) : nothing}
    <div class="drive"><button class="main go" title="T" aria-busy=${training || state.pending} @click=${actions.toggleTraining}>${label}</button>
      ${step("iteration", t("ui.net.oneIteration"))}${step("epoch", t("ui.net.oneEpoch"))}</div>
    ${training ? progress(c, net) : nothing}
    <div class="fields goal">
      <label class="number">${t("ui.net.pace")} <select @change=${(/** @type {Event} */ e) => actions.setPace(/** @type {HTMLSelectElement} */ (e.target).value)}>
        ${PACES.map((p) => html`<option value=${p} ?selected=${p === state.pace}>${p === "fast" ? t("ui.net.fast") : t("ui.net.perSecond", { n: p })}</option>`)}</select></label>
      ${numberField(c, t("ui.net.epochs"), epochs ?? "", (v) => steer(c, { epochs: v === null ? null : Math.min(1e6, Math.max(1, Math.round(v))) }), t("ui.net.endless"))}
      ${numberField(c, t("ui.net.until"), until ?? "", (v) => steer(c, { until: v }), t("ui.net.noUntil"))}</div>`;
}

/** An earlier iteration is only looked at, until training goes on from it. @param {Context} c @param {Network} net */
function looking(c, net) {
  const { t, actions, number } = c;
  const changed = Object.keys(c.state.steer.wanted).length > 0;
  return html`<div class="looking"><p>${t("ui.net.looking", { n: number(net.iteration), of: number(net.furthest) })} ${t(changed ? "ui.net.wantedHere" : "ui.net.replaces", { from: number(net.iteration + 1), to: number(net.furthest) })}</p>
    <div class="drive"><button @click=${() => actions.jumpTo(net.furthest)}>${t("ui.net.newest")}</button><button @click=${actions.copy}>${t("ui.net.copyHere")}</button></div></div>`;
}

/** How far a running training has come, and how fast it is. @param {Context} c @param {Network} net */
function progress({ t, state: { steer: { goal, tempo } }, number }, net) {
  const share = goal ? Math.min(1, (net.iteration - goal.from) / Math.max(1, goal.to - goal.from)) : null;
  return html`<div class="under-way"><progress max="1" aria-label=${t("ui.net.progress")} .value=${share ?? 0} class=${share === null ? "endless" : ""}></progress>
    <span>${share === null ? "" : `${Math.floor(share * 100)} % · `}${t("ui.net.tempo", { n: number(tempo < 10 ? Number(tempo.toPrecision(2)) : Math.round(tempo)) })}</span></div>`;
}
