/** Pictures and files of what the stage shows: of this step, and of the whole pass. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { snippet } from "../embed/snippet.js";
import { TOOLS, current, write } from "../figures/code.js";
import { figure } from "../figures/files.js";
import { copied } from "./copied.js";

/** @typedef {import("./context.js").Context} Context */

/** What can be had, in the order of the dialog. @type {{of: "step" | "pass" | "paper", kinds: import("../figures/files.js").Kind[]}[]} */
const OFFERED = [
  { of: "step", kinds: ["svg", "png1", "png2", "png4", "tikz", "latex"] },
  { of: "pass", kinds: ["html", "pages", "zip", "gif", "beamer"] },
  { of: "paper", kinds: ["worksheet"] },
];

/** @param {Context} c */
export function figures(c) {
  const { t, state, store } = c;
  const { making } = state;
  const close = () => store.set({ figures: false });
  return html`<section class="help figures" role="dialog" aria-modal="false" aria-label=${t("ui.figures")} @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && close()}>
    <div class="dialog-head"><h2>${t("ui.figures")}</h2><button @click=${close} aria-label=${t("ui.close")}>×</button></div>
    <p>${t("ui.figures.help")}</p>
    ${OFFERED.map(({ of, kinds }) => html`<h3>${t(`ui.figures.${of}`)}</h3><ul>${kinds.filter((kind) => !["html", "worksheet"].includes(kind) || !state.network).map((kind) => html`<li>
      <button data-figure=${kind} ?disabled=${making !== null || !c.scene} @click=${(/** @type {Event} */ e) => void figure(c, kind, { .../** @type {HTMLElement} */ (e.currentTarget).dataset })}>${t(`ui.figures.${kind}`)}</button> <span>${t(`ui.figures.${kind}.help`)}</span></li>`)}</ul>`)}
    ${state.network || !state.graph ? nothing : html`${code(c)}${embedding(c)}`}
    ${making ? html`<p class="making" role="status">${t("ui.figures.making", { done: making.done, of: making.of })} <progress value=${making.done} max=${making.of}></progress></p>` : nothing}
  </section>`;
}

/** @param {Context} c */
const embedding = (c, { t, state, store, config } = c) => html`<h3>${t("ui.embed")}</h3><p>${t("ui.embed.help")}</p>
  <label class="toggle"><input type="checkbox" .checked=${state.controls} @change=${() => store.set({ controls: !state.controls })}> ${t("ui.embed.controls")}</label>
  ${copied(c, t("ui.embed"), snippet(state, config, location.origin, `Gradwalk: ${config.lesson?.title[state.lang] ?? t("ui.player.title")}`))}`;

/** @param {Context} c */
const code = (c, { t, state } = c) => html`<h3>${t("ui.code")}</h3><p>${t("ui.code.help")}</p>
  <div class="tools" role="group" aria-label=${t("ui.code")}>${TOOLS.map(({ name, title }) => html`<button aria-pressed=${current(state) && state.code?.format === name ? "true" : "false"} @click=${() => void write(c, name)}>${title}</button>`)}</div>
  ${current(state) && state.code ? copied(c, t("ui.code.text"), state.code.text) : nothing}`;
