/** Two ways to draw up a network: from layers, or written as a program. */
import { html } from "../../vendor/lit-html/lit-html.js";
import { programmed } from "../../network/written.js";
import { shown } from "../../network/shown.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function ways({ state, t, actions }) {
  const build = shown(state);
  const written = build.program !== undefined;
  const layers = () => written && actions.redraft({ ...build, program: undefined, trainable: undefined, shapes: undefined });
  const program = () => written || actions.writeProgram(programmed(build));
  const way = (/** @type {string} */ name, /** @type {boolean} */ chosen, /** @type {() => unknown} */ choose) =>
    html`<button aria-pressed=${chosen ? "true" : "false"} @click=${choose}>${t(`ui.net.way.${name}`)}</button>`;
  return html`<div class="ways draft-ways" role="group" aria-label=${t("ui.net.way")}>${way("layers", !written, layers)}${way("program", written, program)}</div>`;
}
