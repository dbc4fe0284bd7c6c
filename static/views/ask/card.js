/** The card that asks for a step before it is shown. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ref } from "../../vendor/lit-html/directives/ref.js";
import { due, keyOf } from "../../ask/due.js";
import { choices, subject } from "../../ask/words.js";
import { latexOfNode, nodeOf } from "../../indexed.js";
import { math } from "../../math.js";
import { plain } from "../../names.js";
import { spotFor } from "./spot.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../ask/due.js").Question} Question */
/** @typedef {import("../../types.js").Graph} Graph */

/** The height of a row of fields and its gap. */
const FIELD = 50;

/** The scene of a lesson, if there is one. @param {Context} c */
const sceneOf = (c) => c.config.lesson?.scenes[c.state.scene] ?? null;

/** The open question, or what was said of the one just answered. @param {Context} c */
export function askCard(c) {
  const { state, t } = c;
  const { graph, asking } = state;
  const q = graph && due(state, sceneOf(c));
  const said = asking.settled?.step === state.step && asking.settled.beat === state.beat ? asking.settled.said : "";
  if (!graph || (!q && !said)) return nothing;
  if (!q) return html`<section class="ask-card settled" ${ref(placed(c, 60))}><p class="said right" role="status">✓ ${said}</p></section>`;
  const mine = asking.key === keyOf(q) ? asking.verdict : null;
  const { plain: name } = subject(graph, q);
  const asked = t(`ui.ask.${q.kind}`, { x: name });
  return html`<section class="ask-card" role="group" aria-label=${t("ui.ask.question")} @keydown=${escape(c)} ${ref(placed(c, mine?.worked ? 340 : (mine ? 200 : 132) + tall(cellsOf(graph, q))))}>
    ${said ? html`<p class="said right">✓ ${said}</p>` : nothing}
    <p class="asked" aria-live="polite">${sentence(c, q, asked)}</p>
    ${mine?.worked ? nothing : q.kind === "next" ? list(c, graph, q) : form(c, graph, q, asked)}
    <div class="answered" role="status">${mine ? html`<p class="said ${mine.worked ? "" : "wrong"}">${mine.said}</p>` : nothing}${mine?.worked ? worked(mine.worked) : nothing}</div>
    ${mine?.worked ? html`<button class="main" ${ref(focused(`${keyOf(q)} worked`, true))} @click=${c.actions.askOn}>${t("ui.ask.goOn")}</button>` : nothing}
  </section>`;
}

/** @param {Context} c */
const escape = (c) => (/** @type {KeyboardEvent} */ e) => {
  if (e.key === "Escape") c.actions.askOn();
};

/** The question with its mathematics typeset, and read out in words. @param {Context} c @param {Question} q @param {string} asked */
function sentence(c, q, asked) {
  const [before, after] = c.t(`ui.ask.${q.kind}`, { x: "\n" }).split("\n");
  const { latex } = subject(/** @type {Graph} */ (c.state.graph), q);
  return after === undefined ? before : html`<span class="visually-hidden">${asked}</span><span aria-hidden="true">${before}<span class="math" ${math(`\\displaystyle ${latex}`)}></span>${after}</span>`;
}

/** The shape of what is typed. @param {Graph} graph @param {Question} q @returns {number[]} */
function cellsOf(graph, q) {
  const step = graph.steps[q.step];
  return q.cell || q.kind === "shape" || q.kind === "next" ? [] : nodeOf(graph, q.kind === "local" ? step.node : step.source ?? step.node)?.shape ?? [];
}

/** By how much the fields of an array make the card higher: a row of buttons of their own, and each row of fields. @param {number[]} shape */
const tall = (shape) => (shape.length && (shape.at(-1) ?? 1) > 1 ? FIELD : 0) + (shape.length > 1 ? (shape[0] - 1) * FIELD : 0);

/** @param {Context} c @param {Graph} graph @param {Question} q @param {string} asked */
function form(c, graph, q, asked) {
  const { t, actions, state } = c;
  const shape = cellsOf(graph, q);
  const rows = shape.length > 1 ? shape[0] : 1;
  const columns = shape.at(-1) ?? 1;
  const wrong = state.asking.key === keyOf(q) ? state.asking.verdict?.place?.cells ?? [] : [];
  const bad = (/** @type {number[]} */ place) => wrong.some((w) => w.join() === place.join());
  const field = (/** @type {number} */ i, /** @type {number} */ j) => html`<input name="cell" type="text" inputmode=${q.kind === "shape" ? "text" : "decimal"} autocomplete="off" enterkeyhint="done" spellcheck="false"
    class=${bad(shape.length > 1 ? [i, j] : [j]) ? "wrong" : ""} aria-label=${shape.length ? `${asked} [${shape.length > 1 ? `${i + 1}, ` : ""}${j + 1}]` : asked} ${i + j ? nothing : ref(focused(keyOf(q), state.ask !== "lesson"))}>`;
  // A sandboxed frame submits no form; this one is only read.
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    const own = /** @type {HTMLFormElement} */ (/** @type {HTMLElement} */ (e.target).closest("form"));
    const texts = new FormData(own).getAll("cell").map(String);
    const table = Array.from({ length: rows }, (_, i) => texts.slice(i * columns, (i + 1) * columns));
    void actions.check(shape.length > 1 ? table : shape.length ? table[0] : texts[0]);
  };
  const entered = (/** @type {KeyboardEvent} */ e) => e.key === "Enter" && e.target instanceof HTMLInputElement && !state.asking.busy && submit(e);
  return html`<form @keydown=${entered} @focusin=${lastOne}><div class="ask-cells columns-${columns}">${Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => field(i, j)))}</div>
    ${q.kind === "shape" ? nothing : html`<button type="button" class="sign" aria-label=${t("ui.ask.sign")} title=${t("ui.ask.sign")} @click=${turnSign}>±</button>`}
    <button type="button" class="main" ?disabled=${state.asking.busy} @click=${submit}>${t("ui.ask.check")}</button><button type="button" @click=${actions.showAnswer}>${t("ui.ask.show")}</button></form>`;
}

/** @param {FocusEvent} e */
function lastOne(e) {
  if (!(e.target instanceof HTMLInputElement)) return;
  for (const field of /** @type {HTMLElement} */ (e.currentTarget).querySelectorAll("input")) field.dataset.last = String(field === e.target);
}

/** The keyboard of numbers has no minus on some telephones. @param {Event} e */
function turnSign(e) {
  const cells = [...(/** @type {HTMLElement} */ (e.target).closest("form")?.querySelectorAll("input") ?? [])];
  const field = cells.find((f) => f.dataset.last === "true") ?? cells[0];
  field.value = /^[-−]/.test(field.value) ? field.value.slice(1) : `−${field.value}`;
  field.focus();
}

/** @param {Context} c @param {Graph} graph @param {Question} q */
const list = (c, graph, q) => html`<div class="ask-choices">${choices(graph, q.step).map((id) =>
  html`<button @click=${() => void c.actions.check(id)}><span class="math" ${math(latexOfNode(graph, id))}></span><span class="visually-hidden">${plain(latexOfNode(graph, id))}</span></button>`)}
  <button @click=${c.actions.showAnswer}>${c.t("ui.ask.show")}</button></div>`;

/** The step as it is worked. @param {import("../../wire.d.ts").Worked} w */
const worked = (w) => html`<div class="worked">${w.lines.length ? w.lines.map((l) => html`<div class="eq"><span ${math(`\\displaystyle ${l.latex}`)}></span></div>`) : w.answer}</div>`;

/** Be emptied for each question, and take the focus once where it was asked for, unless a class looks on.
 * @param {string} key @param {boolean} takes */
const focused = (key, takes) => (/** @type {Element | undefined} */ element) => {
  if (!(element instanceof HTMLElement) || element.dataset.for === key) return;
  element.dataset.for = key;
  if (element instanceof HTMLInputElement) element.value = "";
  if (takes && !document.fullscreenElement) queueMicrotask(() => element.focus({ preventScroll: true }));
};

/** @param {Context} c @param {number} height */
const placed = (c, height) => (/** @type {Element | undefined} */ element) => {
  if (!(element instanceof HTMLElement)) return;
  const at = spotFor(c, height);
  element.style.left = at ? `${at.x}px` : "";
  element.style.top = at ? `${at.y}px` : "";
};
