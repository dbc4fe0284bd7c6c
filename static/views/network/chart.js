/** The loss by iteration, train and held out, with a cursor; a click goes to that iteration. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";

/** @typedef {import("../context.js").Context} Context */

const SIZE = { w: 340, h: 150, left: 46, bottom: 20, top: 8 };

/** @param {Context} c */
export function lossChart(c) {
  const { state, t, store } = c;
  const { series, live, net } = state;
  if (!series || !net) return nothing;
  const train = join(series.iterations, series.loss, live);
  const tested = series.iterations.map((x, i) => ({ x, y: finite(series.metrics.held_out_loss?.[i]) })).filter((p) => p.y !== null);
  const all = [...train, ...tested];
  if (all.length < 2) return html`<p class="hint">${t("ui.net.noCurve")}</p>`;
  const view = scales(/** @type {{x: number, y: number}[]} */ (all), state.logScale);
  const path = (/** @type {any[]} */ points) => points.map((p, i) => `${i ? "L" : "M"}${view.x(p.x).toFixed(1)} ${view.y(p.y).toFixed(1)}`).join("");
  const pick = (/** @type {MouseEvent} */ e) => {
    const box = /** @type {Element} */ (e.currentTarget).getBoundingClientRect();
    const at = Math.round(view.back(((e.clientX - box.left) / box.width) * SIZE.w));
    if (!state.training) c.actions.rewind(Math.min(net.furthest, Math.max(0, at)));
  };
  return html`<figure class="chart"><figcaption>${t("ui.net.curve")} <label class="toggle"><input type="checkbox" .checked=${state.logScale} @change=${() => store.set({ logScale: !state.logScale })}> log</label></figcaption>
    <svg viewBox="0 0 ${SIZE.w} ${SIZE.h}" role="img" aria-label=${t("ui.net.curveText", { first: c.number(train[0]?.y ?? null), last: c.number(train.at(-1)?.y ?? null), n: train.at(-1)?.x ?? 0 })} @click=${pick}>
      ${view.ticks.map((y) => svg`<line class="gridline" x1=${SIZE.left} x2=${SIZE.w} y1=${view.y(y)} y2=${view.y(y)}></line><text x=${SIZE.left - 5} y=${view.y(y) + 4} text-anchor="end">${short(y, state.lang)}</text>`)}
      <text x=${SIZE.left} y=${SIZE.h - 4}>${c.number(view.ends[0])}</text><text x=${SIZE.w} y=${SIZE.h - 4} text-anchor="end">${c.number(view.ends[1])}</text>
      <path class="train" d=${path(train)}></path>${tested.length > 1 ? svg`<path class="tested" d=${path(tested)}></path>` : nothing}
      <line class="cursor" x1=${view.x(net.iteration)} x2=${view.x(net.iteration)} y1=${SIZE.top} y2=${SIZE.h - SIZE.bottom}></line></svg>
    ${tested.length > 1 ? html`<p class="legend"><i class="train"></i>${t("ui.net.trainLoss")} <i class="tested"></i>${t("ui.net.heldOutLoss")}</p>` : nothing}</figure>`;
}

/** @param {number | string | null | undefined} y */
const finite = (y) => (typeof y === "number" && Number.isFinite(y) ? y : null);

/** What is kept, and behind it what has just arrived. @param {number[]} xs @param {(number | null)[]} ys @param {{iteration: number, loss: any}[]} live */
function join(xs, ys, live) {
  const last = xs.at(-1) ?? 0;
  const kept = xs.map((x, i) => ({ x, y: finite(ys[i]) }));
  const fresh = live.filter((p) => p.iteration > last).map((p) => ({ x: p.iteration, y: finite(p.loss) }));
  return [...kept, ...fresh].filter((p) => p.y !== null);
}

/** @param {{x: number, y: number}[]} points @param {boolean} log */
function scales(points, log) {
  const xs = points.map((p) => p.x);
  const low = Math.min(...xs);
  const high = Math.max(low + 1, ...xs);
  const shown = (/** @type {number} */ y) => (log ? Math.log10(Math.max(y, 1e-12)) : y);
  const ys = points.map((p) => shown(p.y));
  const bottom = log ? Math.min(...ys) : Math.min(0, ...ys);
  const top = Math.max(bottom + 1e-9, ...ys);
  const width = SIZE.w - SIZE.left - 4;
  const height = SIZE.h - SIZE.bottom - SIZE.top;
  return {
    ends: [low, high],
    x: (/** @type {number} */ x) => SIZE.left + ((x - low) / (high - low)) * width,
    back: (/** @type {number} */ px) => low + ((px - SIZE.left) / width) * (high - low),
    y: (/** @type {number} */ y) => SIZE.top + height - ((shown(y) - bottom) / (top - bottom)) * height,
    ticks: [0, 0.5, 1].map((s) => (log ? 10 ** (bottom + s * (top - bottom)) : bottom + s * (top - bottom))),
  };
}

/** @param {number} y @param {string} lang */
const short = (y, lang) => y.toLocaleString(lang, { maximumSignificantDigits: 2, notation: Math.abs(y) < 1e-3 && y !== 0 ? "scientific" : "standard" });
