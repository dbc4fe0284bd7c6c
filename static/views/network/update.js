/** An update in numbers: old value, gradient, step and new value of each element, and the optimizer's terms of one. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { latexOf, number } from "../../format.js";
import { indexed, latexOfNode } from "../../indexed.js";
import { math } from "../../math.js";
import { steer } from "../../network/steer.js";
import { PLAIN, at, broken, computed, given, places, written } from "../../network/terms.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../types.js").Update} Update */

/** A list of more elements than that is not a choice any more. */
const MOST = 400;

/** @param {Context} c @param {Update} update */
export function updateBox(c, update) {
  const { t, state, scope } = c;
  const all = update.old === null ? [] : places(update.old);
  if (!all.length || !scope?.numbers) return nothing;
  const place = all.includes(state.steer.element) ? state.steer.element : all[0];
  const latex = state.graph ? latexOfNode(state.graph, update.parameter) : update.parameter;
  return html`<section class="box this-step update"><h3>${t("ui.update.title")} <span ${math(latex)}></span></h3>
    ${numbers(c, update, all, place)}
    ${update.terms?.length ? terms(c, update, place) : html`<p class="hint">${t(state.network ? "ui.update.earlier" : "ui.update.plain", { rate: c.number(state.rate) })}</p>`}</section>`;
}

/** Old value, gradient, step and new value of the element that is chosen. @param {Context} c @param {Update} u @param {string[]} all @param {string} place */
function numbers(c, u, all, place) {
  const { t } = c;
  const plain = u.terms?.some((x) => x.template === PLAIN);
  const [step, shrunk] = ["step_taken", "shrunk"].map((name) => u.terms?.find((x) => x.name === name)?.value ?? null);
  const row = (/** @type {string} */ kind, /** @type {string} */ word, /** @type {string} */ text) => html`<div><dt>${word}</dt><dd class=${kind}>${text}</dd></div>`;
  return html`${all.length > 1 ? html`<label class="choice">${t("ui.update.element")} <select @change=${(/** @type {Event} */ e) => steer(c, { element: /** @type {HTMLSelectElement} */ (e.target).value })}>
      ${all.slice(0, MOST).map((p) => html`<option value=${p} ?selected=${p === place}>[${p.replaceAll(",", ", ")}]</option>`)}</select></label>` : nothing}
    <dl class="moved">${row("fwd", t("ui.update.old"), c.number(at(u.old, place)))}${row("bwd", t("ui.gradient"), c.number(at(u.gradient, place)))}${shrunk === null ? nothing : row("fwd", t("ui.update.shrunk"), c.number(at(shrunk, place)))}
      ${step === null ? row("", t("ui.update.change"), c.number(at(u.change, place))) : row("loc", t(plain ? "ui.update.rateTimes" : "ui.update.stepTaken"), c.number(at(step, place)))}
      ${row("fwd", t("ui.update.new"), known(c, u) ? c.number(at(u.new, place)) : "?")}</dl>`;
}

/** Whether the playhead has come to the new value. @param {Context} c @param {Update} u */
function known({ scope, state }, u) {
  const step = (state.graph && indexed(state.graph).updated.get(u.parameter)) ?? -1;
  return !scope?.frame || scope.frame.done(step);
}

/** What goes in, then each quantity as a formula, in numbers, and its value. @param {Context} c @param {Update} u @param {string} place */
function terms(c, u, place) {
  const { state, t } = c;
  const list = u.terms ?? [];
  const print = (/** @type {string} */ name) => latexOf(number(at(list.find((x) => x.name === name)?.value ?? null, place), state.digits, state.lang).text);
  const symbol = (/** @type {string} */ name) => list.find((x) => x.name === name)?.symbol ?? name;
  const line = (/** @type {string} */ latex) => broken(latex).map((p) => html`<span class="math" ${math(`\\displaystyle ${p}`)}></span>`);
  return html`<p class="hint terms-of">${t("ui.update.termsOf")} ${line(`${nameOf(c, u)}${place && `_{[${place}]}`}`)}</p>
    <p class="terms-given">${["p", "g"].map((n) => line(`${symbol(n)} = ${print(n)}`))} ${given(list).map((x) => line(`${x.symbol} = ${print(x.name)}`))}</p>
    <ol class="terms-list">${computed(list).map((x) => html`<li>${line(`${x.symbol} = ${written(x.template ?? "", symbol)}`)}
      ${line(`= ${written(x.template ?? "", print)}`)} ${line(x.name === "new_p" && !known(c, u) ? "= \\mathord{?}" : `${exact(c, x, place) ? "=" : "\\approx"} ${print(x.name)}`)}</li>`)}</ol>`;
}

/** @param {Context} c @param {Update} u */
const nameOf = (c, u) => `p = ${c.state.graph ? latexOfNode(c.state.graph, u.parameter) : u.parameter}`;

/** @param {Context} c @param {import("../../types.js").Term} term @param {string} place */
const exact = (c, term, place) => number(at(term.value, place), c.state.digits, c.state.lang).exact;
