/** The draft on the stage: data, inputs, layers and loss from left to right, with the controls on the drawing itself. */
import { html, nothing, svg } from "../../vendor/lit-html/lit-html.js";
import { planOf, weave } from "../../network/columns.js";
import { answersOf } from "../../network/ends.js";
import { saidAt } from "../../network/said.js";
import { shown } from "../../network/shown.js";
import { dataCard, lossCard } from "./cards.js";
import { inputColumn, insertButton, layerColumn } from "./column.js";
import { allowed, dropped } from "./drop.js";
import { INSIDE, flow, neurons } from "./lines.js";
import { programCard } from "./program.js";
import { STRIP, strip } from "./strip.js";
import { ways } from "./ways.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/draft.js").Draft} Draft */

/** The choice between layers and program stands above. */
const WAYS = 52;

/** @param {Context} c */
export function sketch(c) {
  const { state, room, t } = c;
  if (!state.tables || !room) return html`<p class="empty">${t("ui.computing")}</p>`;
  const build = shown(state);
  const inHand = room.look === "phone" && build.program === undefined;
  return html`<section class="draft ${room.look}" aria-label=${t("ui.net.drawing")} @dragover=${allowed} @drop=${dropped(c)}>${ways(c)}${inHand ? strip(c, build) : nothing}
    <div class="draft-scroll">${build.program === undefined ? layered(c, build, room) : programCard(c, build)}</div></section>`;
}

/** @param {Context} c @param {Draft} build @param {NonNullable<Context["room"]>} room */
function layered(c, build, room) {
  const names = namesOf(c, build);
  const longest = Math.max(0, ...names.features.map((n) => n.length));
  const plan = planOf(build, { ...room, h: room.h - WAYS - (room.look === "phone" ? STRIP : 0) }, longest < INSIDE ? 0 : longest, Boolean(saidAt(c, "/layers")));
  const texts = { 0: names.features, [build.layers.length]: names.outputs };
  const sizes = [build.inputs, ...build.layers.map((l) => l.units)].join(" – ");
  return html`<div class="draft-world">
    <svg class="draft-lines" width=${plan.w} height=${plan.h} viewBox="0 0 ${plan.w} ${plan.h}" role="img" aria-label=${c.t("ui.net.sketch", { sizes })}>
      ${flow(plan)}${plan.columns.slice(1).map((to, i) => svg`<path class="weave" d=${weave(plan.columns[i], to, plan.r)}></path>`)}
      ${plan.columns.map((column, i) => neurons(plan, column, i ? build.layers[i - 1].activation : "", texts[i] ?? []))}</svg>
    ${dataCard(c, build, plan.data)}${inputColumn(c, build, plan)}
    ${build.layers.map((_, i) => [insertButton(c, build, plan, i), layerColumn(c, build, plan, i)])}
    ${lossCard(c, build, plan.loss)}</div>`;
}

/** What goes in and what comes out, by name. @param {Context} c @param {Draft} build @returns {{features: string[], outputs: string[]}} */
function namesOf({ state }, build) {
  const set = state.tables?.datasets.find((d) => d.name === build.data.name) ?? (state.preview?.features.length ? state.preview : null);
  if (!set || set.features.length !== build.inputs) return { features: [], outputs: [] };
  const { units } = build.layers[build.layers.length - 1];
  if (units !== answersOf(set)) return { features: set.features, outputs: [] };
  const classes = set.classes ?? [];
  return { features: set.features, outputs: classes.length > 2 ? classes : units > 1 ? set.targets : ["ŷ"] };
}
