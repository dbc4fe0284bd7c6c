/** A draft that is written as a program: the text, and what each of its leaves is. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { answersOf } from "../../network/ends.js";
import { idAt, saidAt } from "../../network/said.js";
import { ownLeaves, printShape, readShape } from "../../network/written.js";
import { textOf, tickedOf } from "../controlled.js";
import { printValue } from "../../typed.js";
import { marker } from "../editor.js";
import { field } from "./fields.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/draft.js").Draft} Draft */

/** Lines of text that the box has at least and at most. */
const [LOW, TALL] = [5, 14];

/** @param {Context} c @param {Draft} build */
export function programCard(c, build) {
  const { state, t, actions } = c;
  const leaves = ownLeaves(state.programLeaves);
  const said = saidAt(c, "/trainable");
  return html`<div class="program-card">${programText(c, build.program ?? "")}
    <p class="hint">${t("ui.net.programHint")} ${shapes(c, build)}</p>
    <button class="from-lab" @click=${() => actions.writeProgram({ program: state.program })}>${t("ui.net.programTake")}</button>
    ${leaves.length ? html`<div class="trained" role="group" aria-label=${t("ui.net.leaves")} id=${idAt("/trainable")}>
      ${leaves.map((leaf) => leafRow(c, build, leaf))}${said ? html`<p class="said">${said.text}</p>` : nothing}</div>` : nothing}</div>`;
}

/** @param {Context} c @param {string} text */
function programText(c, text) {
  const { state, t, actions } = c;
  const id = idAt("/program");
  const problem = state.programProblem;
  const said = saidAt(c, "/program")?.text ?? problem?.detail;
  const rows = Math.min(TALL, Math.max(LOW, text.split("\n").length + 1));
  return html`<div class="field ${said ? "bad" : ""}"><label for=${id}>${t("ui.net.programText")}</label>
    <div class="code"><textarea id=${id} spellcheck="false" autocapitalize="off" rows=${rows} aria-invalid=${said ? "true" : "false"} aria-describedby=${said ? `${id}-said` : nothing}
      .value=${text} @input=${(/** @type {Event} */ e) => actions.editProgram(textOf(e))}></textarea>${problem?.position ? marker(text, problem.position) : nothing}</div>
    ${said ? html`<p class="said" id="${id}-said">${problem?.position ? html`<b>${t("ui.position", problem.position)}</b> ` : nothing}${said}</p>` : nothing}</div>`;
}

/** How wide the data are that the program takes. @param {Context} c @param {Draft} build */
function shapes({ state, t }, build) {
  const set = state.tables?.datasets.find((d) => d.name === build.data.name) ?? state.preview;
  return set?.features.length ? t("ui.net.dataShapes", { x: set.features.length, y: answersOf(set) }) : "";
}

/** Trained or constant; and how it begins. @param {Context} c @param {Draft} build @param {import("../../types.js").Leaf} leaf */
function leafRow(c, build, leaf) {
  const { t, actions } = c;
  const on = build.trainable?.includes(leaf.name) ?? false;
  return html`<div class="trained-leaf"><label class="toggle"><input type="checkbox" .checked=${on} @change=${(/** @type {Event} */ e) => actions.trainLeaf(leaf.name, tickedOf(e))}>
    <span><i class="leaf-name">${leaf.name}</i> ${t("ui.net.isTrained")}</span></label>${beginning(c, build, leaf, on)}</div>`;
}

/** With the value of the program, or drawn in a shape. @param {Context} c @param {Draft} build @param {import("../../types.js").Leaf} leaf @param {boolean} on */
function beginning(c, build, { name, default: value }, on) {
  const { t, actions, store } = c;
  if (value !== null) return html`<span class="hint">${t("ui.net.beginsWith", { value: printValue(value, c.state.lang) })}</span>`;
  if (!on) return html`<p class="said">${t("ui.net.needsValue", { name })}</p>`;
  const put = (/** @type {Event} */ e) => {
    const axes = readShape(textOf(e));
    if (axes) return void actions.redraft({ ...build, shapes: { ...build.shapes, [name]: axes } });
    store.set({ networkPointer: `/shapes/${name}`, networkProblem: t("ui.bad.shape") });
  };
  return field(c, `/shapes/${name}`, t("ui.net.shapeOf", { name }), ({ id, described, invalid }) => html`<input id=${id} type="text" autocomplete="off"
    placeholder=${t("ui.net.single")} aria-describedby=${described} aria-invalid=${invalid} .value=${printShape(build.shapes?.[name])} @change=${put}>`, t("ui.help.shape"));
}
