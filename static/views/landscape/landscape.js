/** The loss over a plane of two parameters, in place of the stage: the map, its scale, what the cursor reads, and its controls. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { tick } from "../network/fields.js";
import { drawn } from "../../landscape/plot.js";
import { elementChoice } from "./choice.js";
import { plot } from "./plot.js";
import { reading } from "./reading.js";
import { scaleBar } from "./scale.js";

/** @typedef {import("../context.js").Context} Context */

const WIDE = 760;
/** What stands beside the map, and the margins, need so many pixels. */
const BESIDE = 440;
/** In less, the name of the upright axis stands over it. */
const NARROW = 620;

/** Room for the map and the axes beside it, in pixels. @param {Context} c */
function sizeOf({ room }) {
  const { w = 640, h = 480, look = "desk" } = room ?? {};
  const text = look === "projector" ? 28 : 14;
  const [left, below] = [text * 3.6, text * 2];
  const wanted = w >= WIDE ? Math.min(w * 0.62, w - BESIDE, h - 130) : Math.min(w - (w < NARROW ? 28 : 84), h * 0.9);
  return { text, left, below, side: Math.round(Math.max(200, wanted - left)) };
}

/** @param {Context} c */
export function landscape(c) {
  const { state, t, actions } = c;
  const { landscape: wish, survey, net } = state;
  if (!wish || !net) return html`<p class="empty">${state.networkProblem || t("ui.computing")}</p>`;
  const { answer } = survey;
  const size = sizeOf(c);
  const picture = answer && drawn(answer, wish.log, size.side);
  return html`<section class="landscape" aria-label=${t("ui.landscape.title")} aria-busy=${survey.busy ? "true" : "false"}>
    <header class="survey-head"><h2>${t("ui.landscape.title")}</h2><button @click=${actions.closeLandscape}>${t("ui.landscape.close")}</button></header>
    <p class="problem" role="alert">${survey.problem}</p>
    <div class="survey-body"><div class="map ${(c.room?.w ?? WIDE) < NARROW ? "narrow" : ""}">${answer && picture ? plot(c, answer, picture, size) : html`<p class="empty">${survey.problem ? "" : t("ui.computing")}</p>`}</div>
      <div class="beside"><div class="drive"><button ?disabled=${state.pending || state.training} @click=${() => actions.stepOn("iteration")}>${t("ui.net.oneIteration")}</button>
          <button title="T" @click=${actions.toggleTraining}>${t(state.training ? "ui.net.stop" : "ui.landscape.train")}</button></div>
        ${answer && picture ? html`${scaleBar(c, picture)}${reading(c, answer)}` : nothing}
        <div class="drive" role="group" aria-label=${t("ui.landscape.move")}><button @click=${() => actions.zoomLandscape(0.5)} aria-label=${t("ui.zoomIn")}>+</button><button @click=${() => actions.zoomLandscape(2)} aria-label=${t("ui.zoomOut")}>−</button>
          <button ?disabled=${!survey.cursor} @click=${actions.centerLandscape}>${t("ui.landscape.center")}</button><button ?disabled=${!wish.center && !wish.radius} @click=${() => actions.lookAt({ center: null, radius: null })}>${t("ui.landscape.whole")}</button></div>
        <div class="elements">${elementChoice(c, "a")}${elementChoice(c, "b")}</div>
        <div class="ticks">${tick(t("ui.landscape.log"), picture?.scale.log ?? false, (log) => actions.lookAt({ log }))}
          ${net.batch.of > 1 ? tick(t("ui.landscape.batch"), wish.rows === "batch", (on) => actions.lookAt({ rows: on ? "batch" : "train" })) : nothing}</div>
        <p class="hint">${t("ui.landscape.hint")}</p></div></div>
  </section>`;
}
