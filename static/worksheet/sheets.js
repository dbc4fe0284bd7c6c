/** The pages of a worksheet: one for each variant, and the key on pages of its own. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";

/**
 * @typedef {{name: string, program: string, picture: Element, rate: number | null, updates: {name: string, text: string}[],
 *   answers: {name: string, text: string}[], address: string}} Variant
 * @typedef {(key: string, params?: Record<string, string | number>) => string} Words
 */

/** @param {Variant[]} variants @param {string} title @param {Words} t @param {(x: number) => string} print */
export const sheets = (variants, title, t, print) => html`${variants.map((one) => html`<section class="sheet">
    <header><h1>${title}</h1><span>${one.name}</span></header>
    <p class="who"><span>${t("ui.worksheet.name")}</span><i></i><span>${t("ui.worksheet.date")}</span><i class="short"></i></p>
    <p>${t("ui.worksheet.task")}</p>
    <pre>${one.program.replaceAll("; ", "\n")}</pre>
    <figure>${one.picture}</figure>
    ${one.updates.length ? html`<p>${t("ui.worksheet.update", { rate: print(one.rate ?? 0) })}</p><ul class="updates">${one.updates.map(({ name }) => html`<li>${name} ← <i></i></li>`)}</ul>` : nothing}
    <p class="work">${t("ui.worksheet.work")}</p>
    <footer>Gradwalk · ${one.address}</footer></section>`)}
  <section class="sheet key"><header><h1>${t("ui.worksheet.key")}</h1><span>${title}</span></header>
    ${variants.map((one) => html`<article><h2>${one.name}</h2><pre>${one.program.replaceAll("\n", "; ")}</pre>
      <ul>${one.answers.map(({ name, text }) => html`<li>${name} = <b>${text}</b></li>`)}${one.updates.map(({ name, text }) => html`<li>${name} ← <b>${text}</b></li>`)}</ul></article>`)}</section>`;
