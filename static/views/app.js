/** The page: header, what stands left, the stage, the ledger, the controls. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { DRAWN, stageView } from "../stage/stage.js";
import { builder } from "./network/builder.js";
import { controls } from "./controls.js";
import { detailChoice } from "./detail.js";
import { editor } from "./editor.js";
import { header } from "./header.js";
import { help } from "./help.js";
import { inPlace } from "./inplace.js";
import { inspector } from "./inspector.js";
import { ledger, spoken } from "./ledger.js";
import { rules } from "./rules.js";
import { sceneView } from "./scene.js";
import { graphTable } from "./table.js";
import { training } from "./network/training.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} c */
export function app(c) {
  const { state, config } = c;
  const bare = config.page === "embed";
  const kinds = [`page-${config.page}`, state.projector ? "projector" : "", state.sheet ? "sheet-open" : "", config.lesson ? "with-scene" : ""];
  return html`<div class="shell ${kinds.filter(Boolean).join(" ")}">
    ${bare ? nothing : header(c)}
    ${config.page === "lab" ? html`<aside class="left">${ways(c)}${state.left === "network" ? builder(c) : editor(c)}</aside>` : nothing}
    <main class="stage-area" id="stage-area" tabindex="-1">${bare ? html`<h1 class="visually-hidden">${c.t("ui.stage")}</h1>` : nothing}${stage(c)}${inPlace(c)}${cameraButtons(c)}
      <div class="progress ${state.pending ? "on" : ""}" role="progressbar" aria-label=${c.t("ui.computing")} aria-hidden=${state.pending ? "false" : "true"}></div></main>
    ${bare ? nothing : panel(c)}
    ${controls(c)}
    <div class="visually-hidden" role="status" aria-live="polite" aria-label=${c.t("ui.step")}>${spoken(c)}</div>
    ${state.toast ? html`<div class="toast" role="alert"><span>${state.toast}</span><button @click=${() => c.store.set({ toast: "" })} aria-label=${c.t("ui.close")}>×</button></div>` : nothing}
    ${state.help ? help(c) : nothing}
    ${state.blank ? html`<button class="blank" aria-label=${c.t("ui.unblank")} @click=${() => c.store.set({ blank: false })}></button>` : nothing}
  </div>`;
}

/** A program of one's own, or a network drawn up from layers. @param {Context} c */
const ways = ({ state, t, store, actions }) => html`<div class="ways" role="group" aria-label=${t("ui.lab")}>${["program", "network"].map((way) => html`<button aria-pressed=${state.left === way ? "true" : "false"} @click=${() => {
  store.set({ left: way });
  if (way === "network") void actions.tables();
}}>${t(`ui.way.${way}`)}</button>`)}</div>`;

/** @param {Context} c */
function stage(c) {
  const { state, scope, room, t } = c;
  if (!state.graph) {
    return html`<p class="empty">${state.problem ? state.problem.detail : state.pending ? t("ui.computing") : t("ui.noGraph")}</p>`;
  }
  if (!scope || !room) return nothing;
  if (state.graph.nodes.length > DRAWN) return graphTable(c);
  const scene = c.config.lesson?.scenes[state.scene];
  return stageView(state, room, scope, {
    t, pointed: state.beat === 0 && state.step === (scene?.from ?? 0) ? scene?.point ?? [] : [],
    choose: c.actions.select,
    edit: (/** @type {string} */ id) => c.store.set({ editing: id }),
  });
}

/** @param {Context} c */
const cameraButtons = (c) => html`<div class="camera" role="group" aria-label=${c.t("ui.camera")}>
  <button @click=${() => c.commands.zoom(1.25)} aria-label=${c.t("ui.zoomIn")}>+</button>
  <button @click=${() => c.commands.zoom(0.8)} aria-label=${c.t("ui.zoomOut")}>−</button>
  <button @click=${c.commands.fit} aria-label=${c.t("ui.fit")}>⤢</button></div>`;

/** @param {Context} c */
function panel(c) {
  const { state, t, store } = c;
  const tab = (/** @type {string} */ name) => html`<button role="tab" id="tab-${name}" aria-selected=${state.tab === name ? "true" : "false"} aria-controls="panel-body" @click=${() => c.actions.show(name)}>${t(`ui.${name}`)}</button>`;
  return html`<aside class="panel" aria-label=${t("ui.explanation")}>
    <button class="handle" aria-expanded=${state.sheet ? "true" : "false"} @click=${() => store.set({ sheet: !state.sheet })}>${t("ui.explanation")}</button>
    ${c.config.lesson ? sceneView(c) : nothing}
    <div role="tablist" class="tabs" aria-label=${t("ui.explanation")}>${state.network ? tab("training") : nothing}${tab("ledger")}${tab("rules")}</div>
    ${state.network && state.tab !== "rules" ? detailChoice(c) : nothing}
    <div id="panel-body" role="tabpanel" aria-labelledby="tab-${state.tab}" tabindex="0">${state.tab === "rules" ? rules(c) : state.tab === "training" && state.network ? training(c) : html`${ledger(c)}${inspector(c)}`}</div></aside>`;
}
