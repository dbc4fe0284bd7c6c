/** The playhead's controls: buttons, and a timeline that shows the phases. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { currentIndex } from "../player.js";

/** @typedef {import("./context.js").Context} Context */

/** Up to so many steps each has its own tick. */
const FINE = 60;
const SPEEDS = [0.5, 1, 2, 4];

/** @param {Context} c */
export function controls(c) {
  const { state, actions, t } = c;
  const { graph } = state;
  const total = graph?.steps.length ?? 0;
  const step = Math.min(state.step, total);
  return html`<footer class="controls" aria-label=${t("ui.controls")}>
    <div class="buttons">
      <button class="icon" @click=${actions.restart} title="Home">${glyph("start")}<span>${t("ui.restart")}</span></button>
      <button class="wide" @click=${() => actions.stop(actions.stepBack)} title="← PageUp P">${glyph("back")}<span>${t("ui.stepBack")}</span></button>
      <button class="wide main" @click=${() => actions.stop(actions.stepForward)} title="→ PageDown N"><span>${t("ui.stepForward")}</span>${glyph("forward")}</button>
      <button class="icon" @click=${actions.play} title=${t("ui.space")}>${glyph(state.playing ? "pause" : "play")}<span>${t(state.playing ? "ui.pause" : "ui.play")}</span></button>
      <button class="icon" @click=${actions.toEnd} title="End">${glyph("end")}<span>${t("ui.toEnd")}</span></button>
    </div>
    <div class="timeline">
      ${phases(c, total)}
      <input type="range" data-timeline min="0" max=${total} .value=${String(step)} aria-label=${t("ui.timeline")}
        role="slider" aria-valuemin="0" aria-valuenow=${step} aria-valuemax=${total} aria-valuetext=${t("ui.stepOf", { step, total })}
        @input=${(/** @type {Event} */ e) => actions.goTo(Number(/** @type {HTMLInputElement} */ (e.target).value))}>
    </div>
    <label class="speed">${t("ui.speed")} <select @change=${(/** @type {Event} */ e) => c.store.set({ speed: Number(/** @type {HTMLSelectElement} */ (e.target).value) })}>
      ${SPEEDS.map((s) => html`<option value=${s} ?selected=${s === state.speed}>${c.number(s)}×</option>`)}</select></label>
    <label class="toggle"><input type="checkbox" .checked=${state.beats} @change=${() => c.store.set({ beats: !state.beats, beat: 0, revealChosen: true })}> ${t("ui.beats")}</label>
    <label class="toggle"><input type="checkbox" .checked=${state.symbols > 0} @change=${() => c.store.set({ symbols: state.symbols ? 0 : 1 })}> ${t("ui.symbols")}</label>
  </footer>`;
}

/** @param {Context} c @param {number} total */
function phases(c, total) {
  const { graph } = c.state;
  if (!graph) return nothing;
  const now = currentIndex(c.state);
  /** @type {{phase: string, steps: number[]}[]} */
  const groups = [];
  graph.steps.forEach((s, i) => {
    const last = groups.at(-1);
    if (last?.phase === s.phase) last.steps.push(i);
    else groups.push({ phase: s.phase, steps: [i] });
  });
  const fine = total <= FINE;
  return html`<div class="phases" aria-hidden="true">${groups.map((g) => {
    const grow = `grow-${Math.max(1, Math.round(g.steps.length * Math.min(1, FINE / total)))}`;
    return html`<div class="phase ${g.phase} ${grow}"><span>${c.t(`ui.phase.${g.phase}`)}</span><div class="ticks">${
      (fine ? g.steps : [g.steps[0]]).map((i) => html`<i class="${i < c.state.step ? "past" : ""} ${i === now ? "now" : ""}" @click=${() => c.actions.goTo(i + 1)}></i>`)}</div></div>`;
  })}</div>`;
}

const PATHS = {
  start: "M6 5v14M19 5 9 12l10 7z", back: "M15 5 7 12l8 7", forward: "m9 5 8 7-8 7", end: "M18 5v14M5 5l10 7-10 7z",
  play: "M7 4v16l13-8z", pause: "M8 5v14M16 5v14",
};

/** @param {keyof typeof PATHS} name */
const glyph = (name) =>
  html`<svg class="glyph" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
