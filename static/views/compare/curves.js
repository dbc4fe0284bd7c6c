/** The losses of all runs in one chart, each with its own line, marks and label; a cursor reads them all at once. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { number as print } from "../../format.js";
import { apart, area, byEpochs, marks, nearest, path, readings, scales } from "../../compare/curves.js";
import { outcome } from "../../compare/versus.js";
import { marksOf } from "./swatch.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../compare/curves.js").Run} Run */
/** @typedef {{runs: Run[], names: string[], about: string, cursor: number | null, read: (at: number, nearest: number) => void, others?: Run[],
 *   bands?: (import("../../compare/curves.js").Band | null)[], scaled?: Run[], lit?: number | null, wide?: boolean}} Drawn
 * `others` are drawn faintly, `bands` lie around the runs, `scaled` is all that must find room, `lit` the run that is pointed at, and `wide`: nothing
 * stands beside the chart. */

const WIDE = 900;
/** A longer name is cut where it stands in the chart. */
const LONGEST = 12;
const LONGEST_WIDE = 26;
const WIDEST = 1300;

/** The chart's room in pixels, so that its text has the size of the page's. @param {Context} c @param {number} longest  characters of a name @param {boolean} alone */
function sizeOf({ room }, longest, alone) {
  const { w = 640, h = 480, look = "desk" } = room ?? {};
  const text = look === "projector" ? 28 : 14;
  const width = Math.max(300, alone ? Math.min((WIDEST * text) / 14, w - 36) : (w >= WIDE ? Math.min(w * 0.6, w - 500) : w) - 36);
  return { text, size: { w: width, h: Math.min(480, Math.max(220, h * (w >= WIDE ? 0.56 : 0.42))), left: text * 4.2, right: 14 + text * 1.1 + text * 0.64 * longest, top: 14, bottom: text * 2.1 } };
}

/** @param {Context} c @param {Drawn} drawn */
export function curves(c, drawn) {
  const { state: { lang }, t, number } = c;
  const { runs, names, others = [], bands = [], lit = null, wide = false } = drawn;
  const most = wide && (c.room?.w ?? 0) >= WIDE ? LONGEST_WIDE : LONGEST;
  const { size, text } = sizeOf(c, Math.min(most, Math.max(...names.map((name) => name.length))), wide);
  const view = scales(drawn.scaled ?? runs, size);
  const epochs = byEpochs(runs);
  const end = view.ends[1];
  const cursor = drawn.cursor === null ? null : Math.min(end, drawn.cursor);
  const point = (/** @type {PointerEvent} */ e) => {
    const box = /** @type {Element} */ (e.currentTarget).getBoundingClientRect();
    const at = view.back(((e.clientX - box.left) / box.width) * size.w);
    drawn.read(at, nearest(runs, view, at, ((e.clientY - box.top) / box.height) * size.h));
  };
  const place = (/** @type {number} */ x) => `${t(epochs ? "ui.net.epoch" : "ui.net.iteration")} ${number(Math.round(x * 10) / 10)}`;
  const said = (/** @type {number} */ x) => `${place(x)}: ${readings(runs, x).map((y, i) => `${names[i]} ${y === null ? "–" : number(y)}`).join("; ")}`;
  return html`<figure class="versus-chart"><figcaption>${t("ui.compare.curves")}</figcaption>
    <svg width=${size.w} height=${size.h} viewBox="0 0 ${size.w} ${size.h}" role="img" aria-label=${t("ui.compare.chart", { field: drawn.about, names: names.join(", ") })} @pointermove=${point} @pointerdown=${point}>
      <clipPath id="versus-room"><rect x=${size.left} y=${size.top - 2} width=${size.w - size.left} height=${size.h - size.top - size.bottom + 4}></rect></clipPath>
      ${view.ticks.map((y) => svg`<line class="gridline" x1=${size.left} x2=${size.w - size.right} y1=${view.y(y)} y2=${view.y(y)}></line><text x=${size.left - 6} y=${view.y(y) + text * 0.35} text-anchor="end">${print(y, 2, lang).text}</text>`)}
      <text x=${size.left} y=${size.h - text * 0.5}>0</text><text x=${size.w - size.right} y=${size.h - text * 0.5} text-anchor="end">${place(end)}</text>
      <g clip-path="url(#versus-room)">${others.map((run) => svg`<path class="run faint" d=${path(run, view, epochs)}></path>`)}${bands.map((band, i) => (band ? svg`<path class="seeds r${i}" d=${area(band, view)}></path>` : nothing))}
        ${runs.map((run, i) => svg`<path class="run r${i}" d=${path(run, view, epochs)}></path>`)}${runs[lit ?? -1] ? svg`<path class="run r${lit} lit" d=${path(runs[lit ?? 0], view, epochs)}></path>` : nothing}</g>
      ${runs.map((run, i) => marksOf(i, marks(run, view, epochs, i), text / 14))}${labels(drawn, view, size, text, most)}
      ${cursor === null ? nothing : svg`<line class="pointed" x1=${view.x(cursor)} x2=${view.x(cursor)} y1=${size.top} y2=${size.h - size.bottom}></line>`}
    </svg>
    <label class="rail-cursor">${t("ui.compare.cursor")} <input type="range" min="0" max=${end} step=${epochs ? 0.1 : 1} .value=${live(String(cursor ?? end))} aria-valuetext=${said(cursor ?? end)}
      @input=${(/** @type {Event} */ e) => drawn.read(Number(/** @type {HTMLInputElement} */ (e.target).value), -1)}></label>
  </figure>`;
}

/** The name of each run beside the end of its curve; one that diverged has a cross there.
 * @param {Drawn} drawn @param {import("../../compare/curves.js").View} view @param {import("../../compare/curves.js").Size} size @param {number} text
 * @param {number} most  characters of a name */
function labels({ runs, names, lit }, view, size, text, most) {
  const epochs = byEpochs(runs);
  const ends = runs.map((run) => ({ x: view.x((run.curve.iterations.at(-1) ?? 0) / (epochs ? run.per_epoch : 1)), y: view.y(run.curve.loss.at(-1) ?? 1) }));
  const at = apart(ends.map((p) => p.y), text * 1.25, size.top + text * 0.6, size.h - size.bottom);
  const edge = size.w - size.right;
  return runs.map((run, i) => svg`${outcome(run) === "diverged" ? svg`<path class="broken" d="M${ends[i].x - 6} ${ends[i].y - 6}l12 12m0 -12l-12 12"></path>` : nothing}
    <path class="leader r${i}" d="M${ends[i].x} ${ends[i].y}L${edge + 4} ${at[i]}"></path>${marksOf(i, [{ x: edge + 10, y: at[i] }], text / 14)}<text class="name r${i} ${i === lit ? "lit" : ""}" x=${edge + text * 1.4} y=${at[i] + text * 0.35}>${cut(names[i], most)}</text>`);
}

/** A long name is cut where it would leave the chart; whole it stands in the table. @param {string} name @param {number} most */
const cut = (name, most) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

