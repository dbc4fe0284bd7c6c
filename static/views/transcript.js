/** The pass as a list: each step a sentence and its formulas, to be read and walked without the picture. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { ref } from "../vendor/lit-html/directives/ref.js";
import { fill, pieces } from "../formula.js";
import { latexOfNode } from "../indexed.js";
import { math } from "../math.js";
import { plain } from "../names.js";
import { currentIndex, frame } from "../player.js";
import { keepSetting } from "../settings.js";
import { toldStep } from "../words.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../types.js").Graph} Graph */

/** Of a longer pass the list holds this many steps around the playhead. */
const MOST = 200;

/** Who opened it reads on from its heading. @param {Element | undefined} heading */
const arrived = (heading) => void requestAnimationFrame(() => heading instanceof HTMLElement && heading.focus());

/** @param {Context} c */
export function transcript(c) {
  const { state, t, scope, store } = c;
  const close = () => store.set({ transcript: false });
  return html`<section class="help transcript" role="dialog" aria-modal="false" aria-label=${t("ui.transcript")} @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && close()}>
    <div class="dialog-head"><h2 tabindex="-1" ${ref(arrived)}>${t("ui.transcript")}</h2><button @click=${close} aria-label=${t("ui.close")}>×</button></div>
    <p>${t("ui.transcript.help")}</p>${following(c)}
    ${scope && state.graph ? list({ ...c, scope: whole(scope) }, state.graph) : html`<p>${t("ui.noGraph")}</p>`}</section>`;
}

/** The same graph once more, with all its steps done: frames are kept by graph, and the picture has its own. @type {WeakMap<Graph, Graph>} */
const done = new WeakMap();

/** @param {import("../formula.js").Scope} scope @returns {import("../formula.js").Scope} */
function whole(scope) {
  const graph = done.get(scope.graph) ?? { ...scope.graph };
  done.set(scope.graph, graph);
  return { ...scope, graph, frame: frame(graph, { step: graph.steps.length, beat: 0 }) };
}

/** @param {Context} c */
export const following = ({ state, t, store }) => html`<label class="toggle"><input type="checkbox" .checked=${state.follow} @change=${() => {
  store.set({ follow: !state.follow });
  keepSetting("follow", store.get().follow ? "1" : "0");
}}> ${t("ui.follow")}</label>`;

/** What is asked before it is shown is not told before. @param {Context} c @param {Graph} graph */
function list(c, graph) {
  const now = currentIndex(c.state);
  const end = c.state.ask === "off" ? graph.steps.length : c.state.step;
  const from = Math.max(0, Math.min(now - MOST / 2, end - MOST));
  const to = Math.min(end, from + MOST);
  return html`${to - from < graph.steps.length ? html`<p>${c.t("ui.transcript.part", { from: from + 1, to, of: graph.steps.length })}</p>` : nothing}
    <ol start=${from + 1}>${graph.steps.slice(from, to).map((_, i) => item(c, graph, from + i, from + i === now))}</ol>`;
}

/** @param {Context} c @param {Graph} graph @param {number} index @param {boolean} here */
function item({ scope, t, actions }, graph, index, here) {
  const step = toldStep(graph, index, scope?.words);
  const { phase, node, source } = graph.steps[index];
  const about = [source, node].filter(Boolean).map((id) => plain(latexOfNode(graph, /** @type {string} */ (id)))).join(" ← ");
  return html`<li class=${phase} tabindex="-1" data-step=${index + 1} aria-current=${here ? "step" : nothing}>
    <span class="at">${t(`ui.phase.${phase}`)} · ${t("ui.stepOf", { step: index + 1, total: graph.steps.length })} · ${about}</span>
    ${step?.text ? html`<p>${step.text}</p>` : nothing}
    ${scope && step?.lines ? step.lines.filter((l) => l.name === "rule" || scope.numbers).map((l) => html`<div class="eq">${pieces(l.latex).map((p) => html`<span ${math(`\\displaystyle ${fill(p, scope)}`)}></span> `)}</div>`) : nothing}
    ${here ? nothing : html`<button @click=${() => actions.goTo(index + 1)} aria-label="${t("ui.transcript.show")} ${index + 1}">${t("ui.transcript.show")}</button>`}</li>`;
}
