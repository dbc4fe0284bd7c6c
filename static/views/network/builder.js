/** The lab's left side for networks: data, layers, loss, optimizer, and how the weights begin. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { INITS, LOSSES, count, driven } from "../../network/draft.js";
import { layersView } from "./layers.js";
import { choice, numberField, options, tick } from "./fields.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function builder(c) {
  const { state, t, actions } = c;
  const { build, tables } = state;
  if (!tables) return html`<p class="empty">${t("ui.computing")}</p>`;
  const set = tables.datasets.find((d) => d.name === build.data.name);
  const optimizer = tables.optimizers.find((o) => o.name === build.optimizer.name);
  const change = (/** @type {Partial<import("../../network/draft.js").Draft>} */ fields) => actions.redraft({ ...build, ...fields });
  return html`<section class="editor builder" aria-label=${t("ui.net.builder")}>
    <div class="row"><button class="icon" @click=${actions.undoDraft} ?disabled=${!state.buildPast.length}>${t("ui.undo")}</button>
      <button class="icon" @click=${actions.redoDraft} ?disabled=${!state.buildFuture.length}>${t("ui.redo")}</button></div>
    <fieldset><legend>${t("ui.net.data")}</legend>
      ${choice(t("ui.net.dataset"), build.data.name ?? "", [...(set ? [] : [["", t("ui.net.ownData")]]), ...tables.datasets.map((d) => [d.name, d.title[state.lang]])], (v) => actions.chooseData(v))}
      ${set ? html`<p class="hint">${set.doc[state.lang]}</p><div class="fields">${options(c, set.settings, build.data, (data) => change({ data }))}</div>` : nothing}
      <div class="fields">${numberField(c, t("ui.batchSize"), build.batch_size ?? "", (v) => change({ batch_size: v ?? undefined }), t("ui.all"))}
      ${numberField(c, t("ui.net.heldOut"), build.held_out ?? 0, (v) => change({ held_out: v ?? 0 }))}</div>
      ${tick(t("ui.net.shuffle"), build.shuffle, (v) => change({ shuffle: v }))}</fieldset>
    <fieldset><legend>${t("ui.net.layers")}</legend>${layersView(c)}
      <p class="hint">${t("ui.net.count", { n: count(build) })}</p></fieldset>
    <fieldset><legend>${t("ui.net.learning")}</legend>
      ${choice(t("ui.net.loss"), build.loss, LOSSES.map((l) => [l, l]), (loss) => change({ loss }))}
      ${choice(t("ui.net.optimizer"), build.optimizer.name, tables.optimizers.map((o) => [o.name, o.name]), (name) => actions.redraft(driven(build, name)))}
      ${optimizer ? html`<div class="fields">${options(c, optimizer.settings, build.optimizer, (value) => change({ optimizer: value }))}</div>` : nothing}
      <div class="fields">${choice(t("ui.net.init"), typeof build.init === "string" ? build.init : build.init.name, INITS.map((i) => [i, i]), (init) => change({ init }))}
      ${numberField(c, t("ui.net.seed"), build.seed, (v) => change({ seed: Math.trunc(v ?? 0) }))}</div></fieldset>
    <p class="problem" role="status">${state.networkProblem}</p>
    <button class="main run" ?disabled=${state.pending || state.training} @click=${actions.create}>${t(state.network ? "ui.net.rebuild" : "ui.net.build")}</button>
    ${state.network ? html`<button @click=${actions.leave}>${t("ui.net.leave")}</button>` : nothing}
  </section>`;
}
