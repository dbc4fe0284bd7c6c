/** A lesson's scene: its text, its widget, and the way to the next one. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { latexOfNode, nodeOf } from "../indexed.js";
import { plain } from "../names.js";
import { draftOf } from "../network/draft.js";
import { followed, lessonAddress } from "../presenting/carried.js";
import { BLANK, printAddress } from "../state.js";
import { markup } from "./markup.js";
import { norms } from "./norms.js";

/** @typedef {import("./context.js").Context} Context */

const DRAWN_BATCHES = 40;

/** @param {Context} c */
export function sceneView(c) {
  const { state, config, t } = c;
  const { lesson } = config;
  const scene = lesson?.scenes[state.scene];
  if (!lesson || !scene) return nothing;
  const next = config.lessons[config.lessons.findIndex((l) => l.slug === lesson.slug) + 1];
  const last = state.scene === lesson.scenes.length - 1;
  const closing = state.beat === 0 && state.step >= Math.min(scene.to ?? Infinity, state.graph?.steps.length ?? Infinity);
  const opening = state.beat === 0 && state.step === (scene.from ?? 0);
  return html`<section class="scene ${opening ? "opening" : ""} ${closing ? "closing" : ""}"><details class="telling" .open=${opening}><summary><h2>${scene.title[state.lang]}</h2></summary>${markup(scene.text[state.lang])}${state.asking.drawn ? html`<p class="drawn">${t("ui.ask.drawn")}</p>` : nothing}</details>
    ${widget(c, scene)}${training(c, scene)}
    <nav class="scenes" aria-label=${t("ui.scenes")}>${lesson.scenes.map((s, i) => html`<button class=${i === state.scene ? "here" : ""} aria-current=${i === state.scene ? "true" : "false"}
      aria-label="${t("ui.scene", { n: i + 1 })}: ${s.title[state.lang]}" @click=${() => c.actions.openScene(i, "from")}>${i + 1}</button>`)}
      ${last && next ? html`<a class="next" href=${lessonAddress(config, next.slug, state)} @click=${followed(c, next.slug, true)}>${t("ui.nextLesson")} ${next.number} →</a>` : nothing}${last ? html`<a href="${config.base}/practice?lang=${state.lang}">${t("ui.practice")}</a>` : nothing}</nav></section>`;
}

/** @param {Context} c @param {import("../types.js").Scene} scene */
function widget(c, scene) {
  if (scene.widget === "iterations") return iterations(c);
  if (scene.widget === "updates") return updates(c);
  if (scene.widget === "slides") return slides(c, scene);
  if (scene.widget === "norms") return norms(c);
  return nothing;
}

/** The way to where the network of a scene can be trained. @param {Context} c @param {import("../types.js").Scene} scene */
function training({ config, state: { lang }, t }, scene) {
  const network = config.lesson?.networks?.[scene.graph]?.network;
  if (!network || config.player) return nothing;
  return html`<p class="train-it"><a href="${config.base}/lab${printAddress({ ...BLANK, left: "network", build: draftOf(network), lang }, { lang: "" })}">${t("ui.scene.train")}</a></p>`;
}

/** ⌈N / batch⌉ to play with. @param {Context} c */
function iterations(c) {
  const { n, size } = c.state.batch;
  const count = Math.ceil(n / size);
  const rest = n - (count - 1) * size;
  const field = (/** @type {"n" | "size"} */ key, /** @type {string} */ label, /** @type {number} */ max) => html`<label>${label}
    <input type="number" min="1" max=${max} .value=${String(c.state.batch[key])} @input=${(/** @type {Event} */ e) => {
      const value = Math.trunc(Number(/** @type {HTMLInputElement} */ (e.target).value));
      if (value >= 1 && value <= max) c.store.set({ batch: { ...c.state.batch, [key]: value } });
    }}></label>`;
  return html`<div class="widget batches">${field("n", c.t("ui.instances"), 1e6)} ${field("size", c.t("ui.batchSize"), 1e6)}
    <output>⌈${n} / ${size}⌉ = <b>${count}</b> ${c.t(count === 1 ? "ui.iterationPerEpoch" : "ui.iterationsPerEpoch")}</output>
    <div class="ruler" role="img" aria-label=${c.t("ui.rulerText", { count, rest: Math.min(rest, n) })}>${count > DRAWN_BATCHES || size > DRAWN_BATCHES ? html`<span>${count - 1} × ${size} + ${Math.min(rest, n)}</span>` : Array.from({ length: count }, (_, i) =>
      html`<i class=${i === count - 1 && rest < size ? "short" : ""}>${Array.from({ length: Math.min(size, n - i * size) }, () => html`<b></b>`)}</i>`)}</div></div>`;
}

/** Weights and loss by iteration. @param {Context} c */
export function updates(c) {
  const { graph, history, iteration } = c.state;
  if (!graph?.updates.length) return nothing;
  const names = graph.updates.map((u) => u.parameter);
  const now = { iteration, weights: Object.fromEntries(graph.updates.map((u) => [u.parameter, u.old])), loss: graph.value };
  const rows = [...history, now].slice(c.state.projector ? -4 : -6);
  const label = (/** @type {string} */ id) => plain(latexOfNode(graph, id));
  const cell = (/** @type {any} */ v) => (Array.isArray(v) ? "…" : c.number(v));
  return html`<div class="widget">${c.config.player ? nothing : html`<button class="main" ?disabled=${c.state.pending} @click=${c.actions.nextIteration}>${c.t("ui.nextIteration")}</button>`}
    <table><caption>${c.t("ui.weightsByIteration")}</caption><thead><tr><th>${c.t("ui.iterationWord")}</th>${names.map((n) => html`<th>${label(n)}</th>`)}<th>${label(graph.output)}</th></tr></thead>
    <tbody>${rows.map((r) => html`<tr class=${r.iteration === iteration ? "now" : ""}><td>${r.iteration}</td>${names.map((n) => html`<td>${cell(r.weights[n])}</td>`)}<td>${cell(r.loss)}</td></tr>`)}</tbody></table></div>`;
}

/** The slides' numbers beside the true ones. @param {Context} c @param {import("../types.js").Scene} scene */
function slides(c, scene) {
  const { graph, lang } = c.state;
  if (!graph || !scene.slides) return nothing;
  const flat = (/** @type {any} */ v) => (Array.isArray(v) ? v.flat(3) : [v]);
  return html`<div class="widget"><label class="toggle"><input type="checkbox" .checked=${c.state.slides} @change=${() => c.store.set({ slides: !c.state.slides })}> ${c.t("ui.slides")}</label>
    ${c.state.slides ? html`<table><caption>${c.t("ui.slidesCaption")}</caption><thead><tr><th></th><th>${c.t("ui.trueValue")}</th><th>${c.t("ui.slideValue")}</th></tr></thead><tbody>
      ${Object.entries(scene.slides).flatMap(([id, values]) => {
        const node = nodeOf(graph, id);
        return flat(values).map((v, i) => html`<tr><th>∂/∂${plain(node?.latex ?? id)} [${i + 1}]</th><td>${c.number(flat(node?.grad ?? null)[i] ?? null)}</td><td>${c.number(v)}</td></tr>`);
      })}</tbody></table>` : nothing}
    ${scene.note ? html`<div class="note">${markup(scene.note[lang])}</div>` : nothing}</div>`;
}
