/** The loss by iteration, train and held out, with what was changed on the way; a cursor reads it, a click goes there. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { averaged, heldOut, momentAt, nearest, scales, trained } from "../../network/curve.js";
import { steer } from "../../network/steer.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {ReturnType<typeof scales>} View */

const SIZE = { w: 340, h: 170, left: 46, bottom: 20, top: 12 };

/** @param {Context} c */
export function lossChart(c) {
  const { state, t, store } = c;
  const { series, live, net } = state;
  if (!series || !net) return nothing;
  const train = trained(series, live);
  const tested = heldOut(series, live);
  const all = [...train, ...tested];
  if (all.length < 2) return html`<p class="hint">${t("ui.net.noCurve")}</p>`;
  const view = scales(all, state.logScale, SIZE);
  const at = (/** @type {MouseEvent} */ e) => {
    const box = /** @type {Element} */ (e.currentTarget).getBoundingClientRect();
    return nearest(train.length ? train : tested, view.back(((e.clientX - box.left) / box.width) * SIZE.w));
  };
  const point = (/** @type {number | null} */ cursor) => cursor !== state.steer.cursor && steer(c, { cursor });
  return html`<figure class="chart"><figcaption>${t("ui.net.curve")} <label class="toggle"><input type="checkbox" .checked=${state.logScale} @change=${() => store.set({ logScale: !state.logScale })}> ${t("ui.net.log")}</label></figcaption>
    <svg viewBox="0 0 ${SIZE.w} ${SIZE.h}" role="img" aria-label=${t("ui.net.curveText", { first: c.number(train[0]?.y ?? null), last: c.number(train.at(-1)?.y ?? null), n: train.at(-1)?.x ?? 0 })}
      @click=${(/** @type {MouseEvent} */ e) => c.actions.jumpTo(at(e))} @pointermove=${(/** @type {MouseEvent} */ e) => point(at(e))} @pointerleave=${() => point(null)}>
      ${view.ticks.map((y) => svg`<line class="gridline" x1=${SIZE.left} x2=${SIZE.w} y1=${view.y(y)} y2=${view.y(y)}></line><text x=${SIZE.left - 5} y=${view.y(y) + 4} text-anchor="end">${short(y, state.lang)}</text>`)}
      <text x=${SIZE.left} y=${SIZE.h - 4}>${c.number(view.ends[0])}</text><text x=${SIZE.w} y=${SIZE.h - 4} text-anchor="end">${c.number(view.ends[1])}</text>
      ${marks(c, view)}<path class="train ${net.batch.of > 1 ? "noisy" : ""}" d=${path(train, view)}></path>${net.batch.of > 1 ? svg`<path class="train" d=${path(averaged(train, net.batch.of), view)}></path>` : nothing}${tested.length > 1 ? svg`<path class="tested" d=${path(tested, view)}></path>` : nothing}
      ${cursor(c, view, train)}</svg>
    ${reading(c)}
    ${tested.length > 1 ? html`<p class="legend"><i class="train"></i>${t("ui.net.trainLoss")} <i class="tested"></i>${t("ui.net.heldOutLoss")}</p>` : nothing}${changes(c)}</figure>`;
}

/** @param {import("../../network/curve.js").Point[]} points @param {View} view */
const path = (points, view) => points.map((p, i) => `${i ? "L" : "M"}${view.x(p.x).toFixed(1)} ${view.y(p.y).toFixed(1)}`).join("");

/** Where settings were changed, and where a number left its range. @param {Context} c @param {View} view */
function marks({ state: { series, steer: { diagnosis } } }, view) {
  const base = SIZE.h - SIZE.bottom;
  return svg`${(series?.changes ?? []).map(({ iteration }) => svg`<line class="changed" x1=${view.x(iteration)} x2=${view.x(iteration)} y1=${SIZE.top} y2=${base}></line>
      <path class="change" d="M${view.x(iteration)} ${base - 5}l5 5-5 5-5-5z"></path>`)}
    ${diagnosis ? svg`<path class="broken" d="M${view.x(diagnosis.iteration) - 5} ${SIZE.top - 5}l10 10m0-10l-10 10"></path>` : nothing}`;
}

/** Where the stage stands, and where is pointed. @param {Context} c @param {View} view @param {import("../../network/curve.js").Point[]} train */
function cursor({ state }, view, train) {
  const line = (/** @type {number} */ x, /** @type {string} */ kind) => svg`<line class=${kind} x1=${view.x(x)} x2=${view.x(x)} y1=${SIZE.top} y2=${SIZE.h - SIZE.bottom}></line>`;
  const at = state.steer.cursor;
  const y = at === null ? undefined : train.find((p) => p.x === at)?.y;
  return svg`${line(Math.max(0, state.at), "cursor")}${at === null ? nothing : line(at, "pointed")}${at === null || y === undefined ? nothing : svg`<circle class="pointed" cx=${view.x(at)} cy=${view.y(y)} r="4"></circle>`}`;
}

/** What was measured there, in numbers. @param {Context} c */
function reading({ state: { series, live, at, steer: { cursor } }, t, number }) {
  const here = cursor ?? Math.max(0, at);
  const moment = momentAt(series, live, here);
  if (!moment) return nothing;
  const { held_out_loss: tested, accuracy, learning_rate: rate } = moment.metrics ?? {};
  const part = (/** @type {string} */ word, /** @type {any} */ value) => (typeof value === "number" || typeof value === "string" ? html` · ${word} <b>${number(value)}</b>` : nothing);
  return html`<p class="reading">${t("ui.iteration", { n: moment.iteration })}${part(t("ui.net.trainLoss"), moment.loss)}${part(t("ui.net.heldOutLoss"), tested)}${part(t("ui.net.accuracy"), accuracy)}${part("α", rate)}</p>`;
}

/** The changes one by one: a press goes to where each was made. @param {Context} c */
function changes(c) {
  const found = c.state.series?.changes ?? [];
  if (!found.length) return nothing;
  return html`<details class="changes"><summary>${c.t("ui.net.changes", { n: found.length })}</summary><ol>${found.map(({ iteration, changed }) => html`<li>
    <button ?disabled=${c.state.training} @click=${() => c.actions.jumpTo(iteration)}>${c.t("ui.iteration", { n: iteration })}</button> ${told(c, changed)}</li>`)}</ol></details>`;
}

/** @param {Context} c @param {Record<string, any>} changed */
const told = (c, { optimizer = {}, ...others }) => Object.entries({ ...others, ...optimizer })
  .map(([name, value]) => (typeof value === "number" || typeof value === "string" ? `${name} = ${typeof value === "number" ? c.number(value) : value}` : name)).join(", ");

/** @param {number} y @param {string} lang */
const short = (y, lang) => y.toLocaleString(lang, { maximumSignificantDigits: 2, notation: (Math.abs(y) < 1e-3 && y !== 0) || Math.abs(y) >= 1e6 ? "scientific" : "standard" });
