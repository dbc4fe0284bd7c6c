/** The lab's left side: a program, its leaves, and examples to start from. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { EXAMPLES } from "../examples.js";
import { readNumber } from "../readnumber.js";
import { printValue, readValue } from "../typed.js";
import { detailChoice } from "./detail.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} c */
export function editor(c) {
  const { state, t, actions, store } = c;
  const problem = state.draftProblem;
  const pick = (/** @type {Event} */ e) => {
    const example = EXAMPLES.find((x) => x.key === /** @type {HTMLSelectElement} */ (e.target).value);
    if (!example) return;
    store.set({ draft: example.program, draftProblem: null, step: 0, beat: 0, history: [], iteration: 0, select: "", camera: null });
    actions.edit({ program: example.program, values: example.values, labels: {}, constants: example.constants ?? [], update: example.update ?? [] });
    actions.look(example.program);
  };
  return html`<section class="editor" aria-label=${t("ui.editor")}>
    <div class="row"><label class="examples">${t("ui.examples")} <select @change=${pick}><option value="">${t("ui.choose")}</option>${EXAMPLES.map((x) => html`<option value=${x.key}>${t(`ui.example.${x.key}`)}</option>`)}</select></label>
      <button class="icon" @click=${actions.undo} ?disabled=${!state.past.length} title="Ctrl+Z">${t("ui.undo")}</button>
      <button class="icon" @click=${actions.redo} ?disabled=${!state.future.length} title="Ctrl+Y">${t("ui.redo")}</button></div>
    <label for="program">${t("ui.program")}</label>
    <div class="code ${problem ? "bad" : ""}">
      <textarea id="program" spellcheck="false" autocapitalize="off" rows=${Math.min(12, Math.max(4, state.draft.split("\n").length + 1))} .value=${state.draft}
        aria-invalid=${problem ? "true" : "false"} aria-describedby="program-problem" @input=${(/** @type {Event} */ e) => actions.look(/** @type {HTMLTextAreaElement} */ (e.target).value)}
        @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) run(c); }}></textarea>
      ${problem?.position ? marker(state.draft, problem.position) : nothing}
    </div>
    <p id="program-problem" class="problem" role="status">${problem ? html`${problem.position ? html`<b>${t("ui.position", problem.position)}</b> ` : nothing}${problem.detail}` : state.problem ? state.problem.detail : nothing}</p>
    <button class="main run" @click=${() => run(c)}>${t("ui.run")}</button>
    <div class="leaves">${leaves(c).map((leaf) => leafField(c, leaf))}</div>
    ${learning(c)}
    ${detailChoice(c)}
    ${(state.graph?.notices ?? []).map((n) => html`<p class="notice">${n}</p>`)}
  </section>`;
}

/** The line of the error, and a caret under its column. @param {string} draft @param {{line: number, column: number}} at */
export function marker(draft, at) {
  const line = draft.split(/\n/)[at.line - 1] ?? "";
  return html`<pre class="marker" aria-hidden="true">${line}\n${" ".repeat(Math.max(0, at.column - 1))}▲</pre>`;
}

/** @param {Context} c */
function leaves({ state }) {
  return state.leaves.map((l) => ({ name: l.name, value: state.values[l.name] ?? l.default ?? 1 }));
}

/** @param {Context} c */
export function run(c) {
  const { state, actions } = c;
  const values = Object.fromEntries(leaves(c).filter((l) => state.values[l.name] !== undefined || state.leaves.find((x) => x.name === l.name)?.default === null).map((l) => [l.name, l.value]));
  actions.run(state.draft, values);
}

/** @param {Context} c @param {{name: string, value: any}} leaf */
function leafField(c, leaf) {
  const { state, t, actions, store } = c;
  const change = (/** @type {Event} */ e) => {
    const input = /** @type {HTMLInputElement} */ (e.target);
    const read = readValue(input.value);
    if ("problem" in read) {
      input.value = printValue(leaf.value, state.lang);
      store.set({ toast: t(`ui.bad.${read.problem}`) });
    } else actions.setValue(leaf.name, read.value);
  };
  const data = state.constants.includes(leaf.name);
  return html`<div class="leaf"><label for="leaf-${leaf.name}">${leaf.name}</label>
    <input id="leaf-${leaf.name}" type="text" inputmode="decimal" autocomplete="off" .value=${printValue(leaf.value, state.lang)} @change=${change}>
    <button class="sign" title=${t("ui.flipSign")} aria-label="${t("ui.flipSign")} ${leaf.name}" ?disabled=${Array.isArray(leaf.value)} @click=${() => actions.setValue(leaf.name, -leaf.value)}>±</button>
    <select aria-label="${t("ui.role")} ${leaf.name}" @change=${(/** @type {Event} */ e) => actions.setRole(leaf.name, /** @type {HTMLSelectElement} */ (e.target).value === "data")}>
      <option value="parameter" ?selected=${!data}>${t("ui.parameter")}</option><option value="data" ?selected=${data}>${t("ui.dataRole")}</option></select></div>`;
}

/** One update: the learning rate and the next iteration. @param {Context} c */
function learning(c) {
  const { state, t, actions } = c;
  const trainable = state.leaves.map((l) => l.name).filter((n) => !state.constants.includes(n));
  const on = state.update.length > 0;
  const rate = (/** @type {Event} */ e) => {
    const read = readNumber(/** @type {HTMLInputElement} */ (e.target).value);
    if ("value" in read && read.value > 0) actions.edit({ rate: read.value });
    else c.store.set({ toast: t("ui.bad.rate") });
  };
  return html`<div class="learning"><label class="toggle"><input type="checkbox" .checked=${on} @change=${() => actions.edit({ update: on ? [] : trainable })}> ${t("ui.updates")}</label>
    ${on ? html`<label>α <input class="rate" type="text" inputmode="decimal" .value=${printValue(state.rate, state.lang)} @change=${rate}></label>
      <button ?disabled=${state.pending} @click=${actions.nextIteration}>${t("ui.nextIteration")}</button>` : nothing}</div>`;
}
