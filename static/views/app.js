/** The page: header, what stands left, the stage, the ledger, the controls. */
import { html, noChange, nothing } from "../vendor/lit-html/lit-html.js";
import { isLarge } from "../stage/large.js";
import { stageView } from "../stage/stage.js";
import { sweeping } from "../sweep/swept.js";
import { drawingUp } from "../network/shown.js";
import { controls } from "./controls.js";
import { detailChoice } from "./detail.js";
import { header } from "./header.js";
import { inPlace } from "./inplace.js";
import { inspector } from "./inspector.js";
import { ledger, spoken } from "./ledger.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} c */
export function app(c) {
  const { state, config, parts, parts: { network } } = c;
  const bare = config.page === "embed";
  const quiet = bare && !state.controls;
  const drafted = config.page === "lab" && drawingUp(state);
  const survey = config.page === "lab" && (state.compare || state.landscape || sweeping(state)) ? surveyed : null;
  const busy = state.pending || c.waiting || (!drafted && !survey && c.room !== null && state.graph !== null && !c.scene);
  const folded = config.page === "lab" && state.folded && (!drafted || survey !== null);
  const kinds = [survey ? "surveying" : "", `page-${config.page}`, state.projector ? "projector" : "", state.sheet ? "sheet-open" : "", config.lesson ? "with-scene" : "", drafted && !survey ? "drawing-up" : "", folded ? "folded" : ""];
  return html`<div class="shell ${kinds.filter(Boolean).join(" ")}">
    ${bare ? nothing : header(c)}
    ${config.page !== "lab" || folded ? nothing : c.calm ? html`<aside class="left" id="left">${ways(c, drafted)}${state.left === "network" ? network?.builder(c) ?? nothing : parts.editor?.editor(c) ?? nothing}</aside>` : noChange}
    <main class="stage-area" id="stage-area" tabindex="-1">${bare ? html`<h1 class="visually-hidden">${c.t("ui.stage")}</h1>` : nothing}${survey ? html`${survey(c)}${folded ? fold(c) : nothing}` : drafted ? network?.sketch(c) ?? nothing : html`${stage(c)}${network?.overlay(c) ?? nothing}${inPlace(c)}${parts.ask?.askCard(c) ?? nothing}${quiet ? nothing : cameraButtons(c)}${folded ? fold(c) : nothing}`}
      <div class="progress ${busy && !c.dragged ? "on" : ""}" role="progressbar" aria-label=${c.t("ui.computing")} aria-hidden=${busy ? "false" : "true"}></div></main>
    ${bare || drafted || survey ? nothing : c.calm ? panel(c) : noChange}
    ${survey || quiet ? nothing : drafted ? network?.draftBar(c) ?? nothing : controls(c)}
    <div class="visually-hidden" role="status" aria-live="polite" aria-label=${c.t("ui.step")}>${c.calm ? spoken(c) : noChange}</div>
    ${state.toast ? html`<div class="toast" role="alert"><span>${state.toast}</span><button @click=${() => c.store.set({ toast: "" })} aria-label=${c.t("ui.close")}>×</button></div>` : nothing}
    ${state.help ? parts.help?.help(c) ?? nothing : nothing}
    ${state.tool && !bare ? parts[/** @type {"present"} */ (state.tool)]?.view(c) ?? nothing : nothing}
    ${state.transcript ? parts.transcript?.transcript(c) ?? nothing : nothing}
    ${state.figures ? parts.figures?.figures(c) ?? nothing : nothing}
    ${state.blank ? html`<button class="blank" aria-label=${c.t("ui.unblank")} @click=${() => c.store.set({ blank: false })}></button>` : nothing}
  </div>`;
}

/** What stands in place of the stage, as soon as it is here. @param {Context} c */
const surveyed = (c) => (sweeping(c.state) ? c.parts.sweep?.sweep(c) : c.state.compare ? c.parts.compare?.comparison(c) : c.parts.landscape?.landscape(c)) ?? nothing;

/** A program of one's own, or a network drawn up from layers. @param {Context} c @param {boolean} drafted */
const ways = (c, drafted, { state, t, store, actions } = c) => html`<div class="ways" role="group" aria-label=${t("ui.lab")}>${["program", "network"].map((way) => html`<button aria-pressed=${state.left === way ? "true" : "false"} @click=${() => {
  store.set({ left: way });
  if (way === "program" && state.network) void actions.leave();
  if (way === "network") void actions.tables().then(actions.pictures);
}}>${t(`ui.way.${way}`)}</button>`)}${drafted ? nothing : fold(c)}</div>`;

/** What stands left gives the stage its room, and comes back. @param {Context} c */
const fold = ({ state, t, store }) => html`<button class="fold" aria-expanded=${state.folded ? "false" : "true"} aria-controls="left" @click=${() => store.set({ folded: !state.folded })}
  aria-label=${t(state.folded ? "ui.unfoldLeft" : "ui.foldLeft")} title=${t(state.folded ? "ui.unfoldLeft" : "ui.foldLeft")}>${state.folded ? "»" : "«"}</button>`;

/** @param {Context} c */
function stage(c) {
  const { state, scope, scene, room, t } = c;
  if (!state.graph) {
    return html`<p class="empty">${state.problem ? state.problem.detail : state.pending ? t("ui.computing") : t("ui.noGraph")}</p>`;
  }
  if (!scope || !room) return nothing;
  const told = c.config.lesson?.scenes[state.scene];
  // Asked at the press: a card that has not changed keeps what it was given when it was drawn.
  const pointing = () => c.parts.ask?.choosing({ ...c, state: c.store.get() });
  const tools = {
    t, pointed: state.beat === 0 && state.step === (told?.from ?? 0) ? told?.point ?? [] : [],
    choose: (/** @type {string} */ id) => (pointing() ?? c.actions.select)(id),
    edit: (/** @type {string} */ id) => (pointing() || c.config.player ? undefined : c.store.set({ editing: id })),
    hover: (/** @type {string} */ hover, over = "") => (hover === state.hover && over === state.over) || c.store.set({ hover, over }),
    hurried: c.hurried, dragged: c.dragged, beyond: c.beyond,
  };
  const { large } = c.parts;
  if (isLarge(state.graph)) return large ? html`${scene ? large.canvasView(scene, state, room, scope, tools) : nothing}${c.calm && (state.table || !c.hurried) ? large.graphTable(c) : noChange}` : nothing;
  return scene ? stageView(scene, state, room, scope, tools) : nothing;
}

/** @param {Context} c */
const cameraButtons = (c) => html`<div class="camera" role="group" aria-label=${c.t("ui.camera")}>
  <button @click=${() => c.commands.zoom(1.25)} aria-label=${c.t("ui.zoomIn")}>+</button>
  <button @click=${() => c.commands.zoom(0.8)} aria-label=${c.t("ui.zoomOut")}>−</button>
  <button @click=${c.commands.fit} aria-label=${c.t("ui.fit")}>⤢</button></div>`;

/** @param {Context} c */
function panel(c) {
  const { state, t, store, parts, parts: { network } } = c;
  const tab = (/** @type {string} */ name) => html`<button role="tab" id="tab-${name}" aria-selected=${state.tab === name ? "true" : "false"} aria-controls="panel-body" @click=${() => c.actions.show(name)}>${t(`ui.${name}`)}</button>`;
  return html`<aside class="panel" aria-label=${t("ui.explanation")}>
    <button class="handle" aria-expanded=${state.sheet ? "true" : "false"} @click=${() => store.set({ sheet: !state.sheet })}>${t("ui.explanation")}</button>
    ${parts.lesson?.sceneView(c) ?? nothing}${parts.practice?.practice(c) ?? nothing}
    <div role="tablist" class="tabs" aria-label=${t("ui.explanation")}>${state.network ? [tab("training"), tab("batch")] : nothing}${tab("ledger")}${tab("rules")}</div>
    ${state.network && state.tab !== "rules" ? detailChoice(c) : nothing}
    <div id="panel-body" role="tabpanel" aria-labelledby="tab-${state.tab}" tabindex="0">${state.tab === "rules" ? parts.rules?.rules(c) ?? nothing : state.tab === "training" && state.network ? network?.training(c) ?? nothing : state.tab === "batch" && state.network ? network?.batchPanel(c) ?? nothing : html`${ledger(c)}${inspector(c)}<button class="apart told" aria-keyshortcuts="r" title="R" @click=${c.commands.transcript}>${t("ui.transcript")}</button>`}</div></aside>`;
}
