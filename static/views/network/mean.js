/** A rule at the mean over the rows of a batch: what is averaged, the sum over the rows, and that sum by their number. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { printed } from "../../formula.js";
import { latexOfNode, nodeOf } from "../../indexed.js";
import { math } from "../../math.js";
import { plain } from "../../names.js";
import { lookedAt, shapeOf, valueAt } from "../../network/element.js";
import { focusOf } from "../../meeting.js";
import { atLeastTwo, sheet } from "../../sheets.js";
import { cellGrid } from "../cells.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../types.js").Edge} Edge */

/** So many rows of a sum are written out. */
const WRITTEN = 3;

/** Of N rows the sum is N times their mean. @param {any} value @param {number} n @returns {any} */
const times = (value, n) => (Array.isArray(value) ? value.map((one) => times(one, n)) : typeof value === "number" ? value * n : value);

/** @param {Context} c @param {Edge} edge */
export function meanBox(c, edge) {
  const { scope, state, t } = c;
  const n = state.graph?.rows?.length ?? 0;
  const value = edge.contribution;
  const shape = atLeastTwo(shapeOf(value));
  if (!scope?.frame || !n || !Array.isArray(value) || shape.length > 2) return nothing;
  const known = scope.numbers && !scope.frame.begun;
  const [output, source] = [scope.graph.output, edge.source].map((id) => latexOfNode(scope.graph, id));
  const latex = `\\frac{\\partial ${output}}{\\partial ${source}}`;
  const side = (/** @type {any} */ numbers) => sheet(scope.graph, { side: "result", role: "gradient", node: edge.source, latex, value: numbers, shape }, [], 0);
  const [sum, mean] = [side(times(value, n)), side(value)];
  const { at } = focusOf(/** @type {any} */ ({ result: mean, left: mean, right: mean }), lookedAt(state));
  const lit = (/** @type {number[]} */ place) => (String(place) === String(at) ? "chosen" : "");
  const grid = (/** @type {typeof mean} */ s, /** @type {string} */ caption) => html`<figure><figcaption><span class="math" ${math(`\\displaystyle ${caption}`)}></span></figcaption>
    ${cellGrid(c, { name: edge.source, value: s.rows, tone: "grad", label: plain(caption), lit, known, id: s.id })}</figure>`;
  const target = latexOfNode(scope.graph, edge.target);
  const rule = edge.local_kind === "rule" ? edge.local_latex : `${latex} = \\frac{\\partial ${output}}{\\partial ${target}} \\odot \\frac{\\partial ${target}}{\\partial ${source}}`;
  return html`<section class="box product" aria-label=${t("ui.product.title")}><h3>${t("ui.product.title")}</h3>
    <p class="sentence">${t("ui.product.mean", { n })} <span class="math" ${math(rule)}></span></p>
    <div class="crossed paired ${shape[1] > 4 ? "across" : `over-${shape[1]}`}">${grid(sum, `\\sum_{i=1}^{${n}} ${latex.replace(output, `${output}_i`)}`)}<span class="sign" ${math(`\\div\\, ${n} =`)}></span>${grid(mean, latex)}</div>
    <div class="cell-told">${told(c, edge, mean.symbol(at[0], at[1]), { sum: sum.rows[at[0]][at[1]], mean: mean.rows[at[0]][at[1]], place: mean.id(at[0], at[1]), n, known })}</div>
    <p class="hint">${t("ui.product.meanHint")}</p></section>`;
}

/** @param {Context} c @param {Edge} edge @param {string} symbol @param {{sum: any, mean: any, place: string, n: number, known: boolean}} cell */
function told({ scope, state }, edge, symbol, { sum, mean, place, n, known }) {
  if (!scope || !known) return nothing;
  const number = (/** @type {any} */ x) => printed(x, scope);
  const { passes } = state;
  const index = (/\[([\d,]+)\]$/.exec(place)?.[1] ?? "").split(",").filter(Boolean).map(Number);
  const rows = passes?.parameter === edge.source && passes.of === n && nodeOf(scope.graph, edge.source)?.kind === "parameter"
    ? passes.rows.slice(0, WRITTEN).map((row) => number(valueAt(row.gradients[edge.source], index)).latex) : [];
  const added = rows.map((x, i) => (i && !x.startsWith("-") ? `+ ${x}` : x)).join(" ") + (rows.length < n ? " + \\cdots" : "");
  const line = (/** @type {string[]} */ parts) => html`<div class="eq">${parts.map((part) => html`<span ${math(`\\displaystyle ${part}`)}></span> `)}</div>`;
  return line([`${symbol} = {}`, ...(rows.length ? [`\\tfrac{1}{${n}} \\left(${added}\\right)`, "{} = {}"] : []),
    `\\tfrac{1}{${n}} \\cdot ${number(sum).latex.startsWith("-") ? `(${number(sum).latex})` : number(sum).latex}`, `${number(mean).exact ? "=" : "\\approx"} \\class{bwd}{${number(mean).latex}}`]);
}
