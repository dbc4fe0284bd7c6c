/** What a row of the data is, what it should be answered and what it is answered: words as well as colours. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { number } from "../../format.js";
import { math } from "../../math.js";
import { printed } from "../../network/passes.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/passes.js").RowPass} RowPass */

/** So many features of a row are written out. */
const WRITTEN = 3;
/** And with so many digits: they tell which row it is, and all columns are to be seen. */
const DIGITS = 3;

/** @param {any} x @returns {any[]} */
const list = (x) => (Array.isArray(x) ? x.flat(3) : [x]);

/** @param {{rows: RowPass[]}} passes */
const features = ({ rows }) => list(rows[0].x).length;

/** @param {Context} c @param {{rows: RowPass[]}} passes */
export function rowHeads({ t }, passes) {
  const n = features(passes);
  const shown = Math.min(n, WRITTEN);
  return html`${Array.from({ length: shown }, (_, i) => html`<th scope="col"><i>x</i>${n > 1 ? html`<sub>${i + 1}</sub>` : nothing}</th>`)}${n > WRITTEN ? html`<th scope="col">… <i>x</i><sub>${n}</sub></th>` : nothing}
    <th scope="col"><i>y</i></th><th scope="col"><span class="visually-hidden">${t("ui.batch.answer")}</span><span aria-hidden="true" ${math("\\hat{y}")}></span></th><th scope="col" class="loss-of">${t("ui.net.lossWord")}</th>`;
}

/** How many columns the features of a row take. @param {{rows: RowPass[]}} passes */
rowHeads.width = (passes) => Math.min(features(passes), WRITTEN) + Number(features(passes) > WRITTEN);

/** One list of cells per row. @param {Context} c @param {RowPass[]} rows */
export function rowCells(c, rows) {
  const { digits, lang } = c.state;
  const column = (/** @type {any[]} */ numbers) => printed(numbers.map((x) => (typeof x === "number" ? x : Number(x))), digits, lang);
  const losses = column(rows.map((r) => r.loss));
  const sure = column(rows.map((r) => (r.prediction === null ? 0 : list(r.prediction)[kindOf(list(r.prediction), true)])));
  return rows.map((r, i) => html`${list(r.x).slice(0, WRITTEN).map((x) => html`<td>${number(x, Math.min(digits ?? DIGITS, DIGITS), lang).text}</td>`)}${list(r.x).length > WRITTEN ? html`<td>…</td>` : nothing}
    ${answer(c, r, sure[i])}<td class="loss-of">${losses[i]}</td>`);
}

/** A class by its name and how sure the answer is, else numbers. @param {Context} c @param {RowPass} row @param {string} sure */
function answer(c, { y, prediction }, sure) {
  const classes = c.state.net?.classes;
  const [truth, given] = [list(y), prediction === null ? null : list(prediction)];
  if (!classes || !given) return html`<td>${c.number(truth[0])}</td><td class="fwd">${given ? sure : "–"}</td>`;
  const [right, taken] = [kindOf(truth), kindOf(given)];
  const many = truth.length > 1;
  return html`<td class="k${right % 5}">${many ? classes[right] : c.number(truth[0])}</td>
    <td class="fwd ${right === taken ? "right" : "wrong"}"><span class="mark">${right === taken ? "✓" : "✗"}</span> ${many ? html`${classes[taken]} <small>${sure}</small>` : sure}</td>`;
}

/** Which class numbers speak for; of a single number, with `place`, where it stands. @param {number[]} row @param {boolean} [place] */
const kindOf = (row, place = false) => (row.length > 1 ? row.indexOf(Math.max(...row)) : place ? 0 : Number(row[0] > 0.5));
