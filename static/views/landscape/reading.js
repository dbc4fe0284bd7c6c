/** What the landscape says in numbers: at the cursor, and where training stands. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { math } from "../../math.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../landscape/wish.js").Answer} Answer */

/** The map in a sentence, with what the cursor reads. @param {Context} c @param {Answer} answer */
export function sentence({ state: { survey: { cursor } }, t, number }, answer) {
  const { a, b, current, losses } = answer;
  const stands = t("ui.landscape.stands", { a: a.name, b: b.name, x: number(current.a), y: number(current.b), loss: number(current.loss), n: current.iteration });
  if (!cursor) return stands;
  return t("ui.landscape.reads", { a: a.name, b: b.name, x: number(a.values[cursor[0]]), y: number(b.values[cursor[1]]), loss: number(losses[cursor[1]][cursor[0]]) });
}

/** @param {Context} c @param {Answer} answer */
export function reading(c, answer) {
  const { state: { survey: { cursor } }, t, number } = c;
  const { a, b, current, losses, path } = answer;
  const row = (/** @type {string} */ name, /** @type {string} */ latex, /** @type {any} */ at, /** @type {any} */ here) =>
    html`<tr><th scope="row"><span class="visually-hidden">${name}</span><span class="math" aria-hidden="true" ${math(latex)}></span></th><td>${at === null ? "–" : number(at)}</td><td>${number(here)}</td></tr>`;
  const [x, y, loss] = cursor ? [a.values[cursor[0]], b.values[cursor[1]], losses[cursor[1]][cursor[0]]] : [null, null, null];
  const partial = (/** @type {string} */ latex) => `\\partial L/\\partial ${latex}`;
  return html`<table class="readings"><caption class="visually-hidden">${t("ui.landscape.readings")}</caption>
    <thead><tr><td></td><th scope="col">${t("ui.landscape.cursor")}</th><th scope="col">${t("ui.landscape.present", { n: number(current.iteration) })}</th></tr></thead>
    <tbody>${row(a.name, a.latex, x, current.a)}${row(b.name, b.latex, y, current.b)}<tr class="loss"><th scope="row">${t("ui.net.lossWord")}</th><td><b>${loss === null ? "–" : number(loss)}</b></td><td><b>${number(current.loss)}</b></td></tr>
      ${row(`∂L/∂${a.name}`, partial(a.latex), null, current.gradient[0])}${row(`∂L/∂${b.name}`, partial(b.latex), null, current.gradient[1])}</tbody></table>
    <p class="visually-hidden" role="status">${cursor ? sentence(c, answer) : ""}</p>
    <ul class="keys">${path.iterations.length > 1 ? html`<li><i class="start"></i>${t("ui.landscape.start")}</li><li><i class="way"></i>${t("ui.landscape.way")}</li>` : nothing}<li><i class="present"></i>${t("ui.landscape.here")}</li>
      ${flat(current.gradient) ? html`<li>${t("ui.landscape.flat")}</li>` : html`<li><i class="down"></i>${t("ui.landscape.down")}</li>`}</ul>
    ${path.complete ? nothing : html`<p class="hint">${t("ui.landscape.thinned", { n: number(path.iterations.length) })}</p>`}`;
}

/** @param {(number | string)[]} gradient */
const flat = (gradient) => gradient.every((g) => g === 0);
