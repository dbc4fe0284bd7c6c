/** The sheets of a worksheet: each variant, and then each one's key: the same drawing with its numbers. */
import { html, nothing, svg } from "../vendor/lit-html/lit-html.js";
import { columnsOf } from "./arrange.js";
import { UNITS } from "./paper.js";

/**
 * @typedef {{name: string, rows: number, columns: number, texts: string[]}} Moved  a new weight, cell by cell
 * @typedef {{name: string, program: string[], rate: number | null, updates: Moved[], address: string, empty: Element, filled: Element,
 *   place: import("./arrange.js").Arranged, beside: {name: string, text: string}[]}} Variant  `beside`: numbers that have no box
 * @typedef {(key: string, params?: Record<string, string | number>) => string} Words
 * @typedef {{one: Variant, title: string, t: Words, rate: string, key: boolean}} Sheet
 */

/** @param {Variant[]} variants @param {string} title @param {Words} t @param {(x: number) => string} print */
export const sheets = (variants, title, t, print) => [false, true].map((key) => variants.map((one) => pages({ one, title, t, key, rate: print(one.rate ?? 0) })));

/** @param {Sheet} s */
function pages(s) {
  const { one, t, key } = s;
  const { place, program } = one;
  const [apart, back] = [place.way === "apart", place.way === "back"];
  return html`${sheet(s, html`
      ${key ? nothing : html`<p>${t("ui.worksheet.task")}</p>`}
      <pre class="in-${columnsOf(program, place.turn)}">${program.join("\n")}</pre>
      ${apart ? nothing : figure(one, key, place.pieces[0])}${back ? nothing : rest(s)}`)}
    ${apart ? place.pieces.map((piece, i) => sheet(s, figure(one, key, piece), t("ui.worksheet.part", { part: i + 1, of: place.pieces.length }))) : nothing}
    ${back ? sheet(s, rest(s)) : nothing}`;
}

/** @param {Sheet} s @param {unknown} body @param {string} [part] */
const sheet = ({ one, title, t, key }, body, part = "") => html`<section class="sheet ${one.place.turn} ${key ? "key" : ""}">
    <header><h1>${title}</h1>${key ? html`<b>${t("ui.worksheet.key")}</b>` : part ? nothing : html`<p class="who"><span>${t("ui.worksheet.name")}</span><i></i><span>${t("ui.worksheet.date")}</span><i class="short"></i></p>`}<span>${[one.name, part].filter(Boolean).join(" · ")}</span></header>
    ${body}<footer>Gradwalk · ${one.address}</footer></section>`;

/** @param {Variant} one @param {boolean} key @param {import("../stage/layout.js").Rect} piece */
function figure({ empty, filled, place }, key, { x, y, w, h }) {
  const drawing = (key ? filled : empty).cloneNode(true);
  const mm = place.scale / UNITS;
  return html`<figure>${svg`<svg viewBox="${x} ${y} ${w} ${h}" width="${w * mm}mm" height="${h * mm}mm">${[...drawing.childNodes]}</svg>`}</figure>`;
}

/** New weights and room for working; of the key, the numbers. @param {Sheet} s */
function rest(s) {
  const { one: { updates, place }, t, rate, key } = s;
  return html`${updates.length ? html`<p>${t("ui.worksheet.update", { rate })}</p><ul class="updates">${updates.map((of) => html`<li>${of.name} ← ${cells(of, key)}</li>`)}</ul>` : nothing}
    ${key ? beside(s) : place.work ? html`<p class="work">${t("ui.worksheet.work")}</p>` : nothing}`;
}

/** @param {Moved} of @param {boolean} filled */
const cells = ({ rows, columns, texts }, filled) => html`<table><tbody>${Array.from({ length: rows }, (_, i) => html`<tr>${texts.slice(i * columns, (i + 1) * columns).map((text) => html`<td>${filled ? text : ""}</td>`)}</tr>`)}</tbody></table>`;

/** @param {Sheet} s */
const beside = ({ one }) => (one.beside.length ? html`<ul>${one.beside.map(({ name, text }) => html`<li>${name} = <b>${text}</b></li>`)}</ul>` : nothing);
