/** The playhead's controls: buttons, and a timeline that shows the phases. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { actsView } from "./acts.js";

/** @typedef {import("./context.js").Context} Context */

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
      ${state.network ? c.parts.network?.tracks(c) ?? nothing : nothing}${actsView(c)}
      <input type="range" data-timeline min="0" max=${total} .value=${String(step)} aria-label=${t("ui.timeline")}
        role="slider" aria-valuemin="0" aria-valuenow=${step} aria-valuemax=${total} aria-valuetext=${t("ui.stepOf", { step, total })}
        @input=${(/** @type {Event} */ e) => actions.goTo(Number(/** @type {HTMLInputElement} */ (e.target).value))}>
    </div>
    <label class="speed">${t("ui.speed")} <select @change=${(/** @type {Event} */ e) => c.store.set({ speed: Number(/** @type {HTMLSelectElement} */ (e.target).value) })}>
      ${SPEEDS.map((s) => html`<option value=${s} ?selected=${s === state.speed}>${c.number(s)}×</option>`)}</select></label>
    ${c.config.player ? nothing : html`<label class="speed ask-me">${t("ui.ask.me")} <select @change=${(/** @type {Event} */ e) => actions.setAsk(/** @type {HTMLSelectElement} */ (e.target).value)}>
      ${actions.asks().map((way) => html`<option value=${way} ?selected=${way === state.ask}>${t(`ui.ask.way.${way}`)}</option>`)}</select></label>`}
    <div class="toggles"><label class="toggle"><input type="checkbox" .checked=${state.beats} @change=${() => c.store.set({ beats: !state.beats, beat: 0, revealChosen: true })}> ${t("ui.beats")}</label>
    <label class="toggle"><input type="checkbox" .checked=${state.symbols > 0} @change=${() => c.store.set({ symbols: state.symbols ? 0 : 1 })}> ${t("ui.symbols")}</label></div>
  </footer>`;
}

const PATHS = {
  start: "M6 5v14M19 5 9 12l10 7z", back: "M15 5 7 12l8 7", forward: "m9 5 8 7-8 7", end: "M18 5v14M5 5l10 7-10 7z",
  play: "M7 4v16l13-8z", pause: "M8 5v14M16 5v14",
};

/** @param {keyof typeof PATHS} name */
const glyph = (name) =>
  html`<svg class="glyph" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
