/** The training above the timeline of one pass: its iterations on a track, and how far a press moves through them. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { LEVELS, passOf, stretch } from "../../network/levels.js";

/** @typedef {import("../context.js").Context} Context */

const WIDTH = 600;
/** Up to so many iterations each has its own mark. */
const FINE = 100;

/** The height of the track until the network comes: the stage keeps its room. */
const kept = html`<div class="track awaited"><label class="level"><select disabled></select></label></div>`;

/** @param {Context} c */
export function tracks(c) {
  const { state, t, actions, store, number } = c;
  const { net, level, training } = state;
  if (!net) return kept;
  const at = Math.max(0, state.at);
  const { from, to } = stretch(level, at, net);
  const text = t("ui.net.place", { n: number(at), of: number(net.furthest), epoch: number(at ? net.epoch + (net.batch.index + 1 < net.batch.of ? 1 : 0) : 1), batch: net.batch.index + 1, batches: net.batch.of });
  const wheel = (/** @type {WheelEvent} */ e) => {
    e.preventDefault();
    actions.zoomLevel(e.deltaY > 0 ? 1 : -1);
  };
  const choose = (/** @type {Event} */ e) => store.set({ level: /** @type {HTMLSelectElement} */ (e.target).value });
  return html`<div class="track" @wheel=${wheel}>
    <label class="level"><span class="visually-hidden">${t("ui.net.level")}</span><select title="+ −" @change=${choose}>${LEVELS.map((l) => html`<option value=${l} ?selected=${l === level}>${t(`ui.level.${l}`)}</option>`)}</select></label>
    <span class="end">${number(from)}</span>
    <div class="rail">${rail(state, from, to)}
      <input type="range" min=${from} max=${to} step="1" .value=${live(String(at))} ?disabled=${training || !net.furthest} aria-label=${t("ui.net.iteration")} aria-valuetext=${text} title=${text}
        @input=${(/** @type {Event} */ e) => actions.scrub(Number(/** @type {HTMLInputElement} */ (e.target).value))}></div>
    <span class="end">${number(to)}</span></div>`;
}

/** What was reached, where epochs end, and where settings were changed. @param {import("../../state.js").State} state @param {number} from @param {number} to */
function rail({ net, series, at }, from, to) {
  if (!net) return nothing;
  const x = (/** @type {number} */ k) => ((k - from) / (to - from)) * WIDTH;
  const { index, of } = net.batch;
  const end = passOf(at, net) + of - 1 - index;
  const first = end - Math.ceil((end - from) / of) * of;
  const all = Array.from({ length: Math.max(0, Math.floor((to - first) / of) + 1) }, (_, i) => first + i * of).filter((k) => k >= from && k <= to);
  return svg`<svg class="marks" viewBox="0 0 ${WIDTH} 14" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rest" width=${WIDTH} y="5" height="4" rx="2"></rect><rect class="reached" width=${Math.max(0, Math.min(WIDTH, x(net.furthest)))} y="5" height="4" rx="2"></rect>
    ${to - from <= FINE ? Array.from({ length: to - from + 1 }, (_, i) => svg`<line class="iteration" x1=${x(from + i)} x2=${x(from + i)} y1="5" y2="9"></line>`) : nothing}
    ${of > 1 && all.length <= FINE ? all.map((k) => svg`<line class="epoch" x1=${x(k)} x2=${x(k)} y1="1" y2="13"></line>`) : nothing}
    ${(series?.changes ?? []).filter((m) => m.iteration >= from && m.iteration <= to).map((m) => svg`<line class="changed" x1=${x(m.iteration)} x2=${x(m.iteration)} y1="0" y2="14"></line>`)}</svg>`;
}
