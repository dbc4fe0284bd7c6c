/** The panel of a network: where training stands, its buttons, the loss, and the picture of the problem. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { lossChart } from "./chart.js";
import { numberField } from "./fields.js";
import { health } from "./health.js";
import { problemPicture } from "./problem.js";
import { ruler } from "./ruler.js";

/** @typedef {import("../context.js").Context} Context */

const EPOCHS = [10, 100, 1000];

/** @param {Context} c */
export function training(c) {
  const { state, t, actions } = c;
  const { net, networkProblem } = state;
  if (!net) return html`<p class="empty">${networkProblem || t("ui.net.none")}</p>`;
  const busy = state.pending || state.training;
  const step = (/** @type {"iteration" | "epoch"} */ phase, /** @type {string} */ text) => html`<button ?disabled=${busy} @click=${() => actions.stepNetwork(phase)}>${text}</button>`;
  return html`${counters(c, net)}
    <div class="drive">${step("iteration", t("ui.net.oneIteration"))}${step("epoch", t("ui.net.oneEpoch"))}
      ${state.training ? html`<button class="main" @click=${actions.stopTraining}>${t("ui.net.stop")}</button>`
        : EPOCHS.map((n) => html`<button ?disabled=${busy} @click=${() => actions.train({ epochs: n })}>${t("ui.net.train", { n: c.number(n) })}</button>`)}</div>
    <div class="fields">${numberField(c, t("ui.net.rate"), net.spec.optimizer.learning_rate, (v) => actions.patch({ optimizer: { learning_rate: v } }))}
      ${numberField(c, t("ui.batchSize"), net.spec.batch_size, (v) => actions.patch({ batch_size: v }))}</div>
    ${lossChart(c)}
    ${rewinder(c, net)}
    ${problemPicture(c)}
    ${health(c)}
    ${rows(c, net)}
    <p class="hint">${t("ui.net.kept")}</p>
    <div class="drive"><button ?disabled=${busy} @click=${actions.copy}>${t("ui.net.copy")}</button>
      <a class="button" download href="${c.config.api}/networks/${net.id}/export/json">JSON</a>
      <a class="button" download href="${c.config.api}/networks/${net.id}/export/pytorch">PyTorch</a>
      <a class="button" download href="${c.config.api}/networks/${net.id}/export/numpy">NumPy</a></div>
    ${net.notices.map((n) => html`<p class="notice">${n}</p>`)}`;
}

/** Epoch, batch and iteration, with ⌈N / batch size⌉. @param {Context} c @param {import("../../network/requests.js").Network} net */
function counters(c, net) {
  const { t } = c;
  const { batch } = net;
  return html`<dl class="counters"><div><dt>${t("ui.net.iteration")}</dt><dd>${c.number(net.iteration)}</dd></div><div><dt>${t("ui.net.epoch")}</dt><dd>${c.number(net.epoch)}</dd></div>
    <div><dt>${t("ui.net.batch")}</dt><dd>${batch.index + 1} / ${batch.of}</dd></div><div><dt>${t("ui.net.lossWord")}</dt><dd>${net.loss === null ? "?" : c.number(net.loss)}</dd></div></dl>
    ${ruler(c, net)}<p class="hint">⌈${net.counts.rows} / ${net.spec.batch_size}⌉ = ${batch.of} ${t(batch.of === 1 ? "ui.iterationPerEpoch" : "ui.iterationsPerEpoch")}</p>`;
}

/** Back to any iteration. @param {Context} c @param {import("../../network/requests.js").Network} net */
function rewinder(c, net) {
  if (!net.furthest) return nothing;
  return html`<label class="rewind">${c.t("ui.net.rewind", { n: net.iteration, of: net.furthest })}
    <input type="range" min="0" max=${net.furthest} .value=${live(String(net.iteration))} ?disabled=${c.state.training || c.state.pending}
      @change=${(/** @type {Event} */ e) => c.actions.rewind(Number(/** @type {HTMLInputElement} */ (e.target).value))}></label>`;
}

/** The rows of the batch on the stage: all of them, or one. @param {Context} c @param {import("../../network/requests.js").Network} net */
function rows(c, net) {
  const { state, t, store, actions } = c;
  const show = (/** @type {string} */ chosen) => {
    store.set({ rows: chosen, step: 0, beat: 0 });
    void actions.compute();
  };
  return html`<label class="choice">${t("ui.net.rows")} <select @change=${(/** @type {Event} */ e) => show(/** @type {HTMLSelectElement} */ (e.target).value)}>
    <option value="" ?selected=${!state.rows}>${t("ui.net.wholeBatch", { n: net.batch.size })}</option>
    ${net.batch.rows.slice(0, 100).map((r) => html`<option value=${r} ?selected=${state.rows === String(r)}>${t("ui.net.row", { n: r })}</option>`)}</select></label>`;
}
