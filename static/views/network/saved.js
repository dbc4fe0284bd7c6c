/** A network as a thing that is kept: its name, its address, copies, files of it, its end. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { shown, viewing } from "../../network/shown.js";
import { textOf } from "../controlled.js";
import { ON_DRAWING, focusLost, focusNext } from "./focus.js";
import { field } from "./fields.js";
import { share, shownOnly } from "./share.js";

/** @typedef {import("../context.js").Context} Context */

/** What a network is exported as, and how that is called. */
const FILES = [["json", "JSON"], ["safetensors", "safetensors"], ["npz", "npz (NumPy)"], ["pytorch", "PyTorch"], ["numpy", "NumPy"], ["onnx", "ONNX"]];
const MOST_NAME = 200;

/** @param {Context} c */
export function nameField(c) {
  const { state, t, actions } = c;
  const put = (/** @type {Event} */ e) => actions.redraft({ ...shown(state), name: textOf(e).trim() || undefined }, "name");
  return field(c, "/name", t("ui.net.name"), ({ id, described, invalid }) => html`<input id=${id} type="text" autocomplete="off" maxlength=${MOST_NAME}
    placeholder=${t("ui.net.unnamed")} aria-describedby=${described} aria-invalid=${invalid} .value=${shown(state).name ?? ""} @change=${put}>`);
}

/** @param {Context} c */
export function savedNetwork(c) {
  const { state, t, actions } = c;
  const { net } = state;
  if (!net) return nothing;
  if (viewing(state)) return html`<div class="saved"><h2 class="named">${net.name || t("ui.net.unnamed")}</h2>${shownOnly(c)}${share(c)}${files(c, net)}</div>`;
  const busy = state.pending || state.training;
  const reconsider = () => {
    actions.reconsider();
    focusNext(ON_DRAWING);
  };
  return html`<div class="saved">${nameField(c)}
    <div class="row"><button class="wide" ?disabled=${busy} @click=${reconsider}>${t(net.spec.program === undefined ? "ui.net.reconsider" : "ui.net.rewrite")}</button>
      <button ?disabled=${busy} @click=${actions.copy}>${t("ui.net.branch")}</button></div>
    ${share(c)}${files(c, net)}
    <p class="hint">${t("ui.net.kept", { days: c.number(c.config.keepDays) })}</p>${deletion(c, busy)}</div>`;
}

/** @param {Context} c @param {import("../../network/requests.js").Network} net */
const files = ({ t, config }, net) => html`<details class="group files"><summary><b>${t("ui.net.files")}</b></summary><ul>${FILES.map(([format, label]) => html`<li>
  <a download href="${config.api}/networks/${net.id}/export/${format}">${label}</a> <span class="hint">${t(`ui.file.${format}`)}</span></li>`)}</ul></details>`;

/** Deleting is asked about first. @param {Context} c @param {boolean} busy */
function deletion({ state, t, actions, store }, busy) {
  const ask = (/** @type {boolean} */ confirming, /** @type {string} */ next) => () => {
    store.set({ confirming });
    focusNext(next);
  };
  if (!state.confirming) return html`<button class="quiet delete" ?disabled=${busy} @click=${ask(true, ".saved .keep")}>${t("ui.net.delete")}</button>`;
  return html`<div class="confirm" role="group" aria-label=${t("ui.net.delete")}><p>${t("ui.net.deleteSure")}</p>
    <button class="danger" @click=${() => actions.deleteNetwork().then(() => focusLost(ON_DRAWING))}>${t("ui.net.deleteYes")}</button>
    <button class="keep" @click=${ask(false, ".saved .delete")}>${t("ui.net.deleteNo")}</button></div>`;
}
