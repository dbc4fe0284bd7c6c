/** A matrix rule as a picture: the factor on the left, the one above, and each cell of the result where their row and column meet. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { printed } from "../formula.js";
import { math } from "../math.js";
import { plain } from "../names.js";
import { lookedAt } from "../network/element.js";
import { belongs, focusOf, productOf } from "../product.js";
import { cellGrid } from "./cells.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../product.js").Product} Product */
/** @typedef {import("../product.js").Side} Side */
/** @typedef {import("../product.js").Focus} Focus */

/** So many products of a sum are written out. */
const WRITTEN = 3;
/** @type {Record<string, string>} */
const TONES = { argument: "value", upstream: "grad", gradient: "grad" };

/** How wide a cell is for so many digits. @type {Map<number | null, string>} */
const WIDTHS = new Map([[3, ""], [4, ""], [6, "wider"]]);

/** More columns beside each other are colours alone where there is little room. */
const ACROSS = 4;

/** The picture of the step's rule, where that is a matrix product. @param {Context} c */
export function productBox(c) {
  const { scope, t } = c;
  const frame = scope?.frame;
  const product = scope && frame?.edge ? productOf(scope.graph, frame.edge) : null;
  if (!scope || !frame || !product) return nothing;
  const shown = { argument: !frame.begun || frame.beat >= 2, upstream: true, gradient: !frame.begun };
  const known = (/** @type {Side} */ s) => scope.numbers && shown[/** @type {"argument"} */ (s.role)];
  const focus = focusOf(product, lookedAt(c.state));
  const grid = (/** @type {Side} */ s) => figure(c, s, focus, known(s));
  return html`<section class="box product" aria-label=${t("ui.product.title")}><h3>${t("ui.product.title")} <span class="shapes">${shapes(product)}</span></h3>
    <div class="crossed ${WIDTHS.get(c.state.digits) ?? "wide"} ${across(product) > ACROSS ? "across" : ""}"><span></span>${grid(product.right)}${grid(product.left)}${grid(product.result)}</div>
    <div class="cell-told">${focus.side === "result" ? told(product, focus, scope, known) : html`<p class="sentence">${goesInto(c, product[focus.side], focus)}</p>`}</div></section>`;
}

/** 3 × 1 · 1 × 2 → 3 × 2. @param {Product} p */
const shapes = ({ left, right, result }) => `${shape(left)} · ${shape(right)} → ${shape(result)}`;

/** @param {Product} p */
const across = ({ left, right }) => left.rows[0].length + right.rows[0].length;

/** @param {Side} s */
const shape = ({ rows }) => `${rows.length} × ${rows[0]?.length ?? 0}`;

/** @param {Context} c @param {Side} side @param {Focus} focus @param {boolean} known */
function figure(c, side, focus, known) {
  const lit = (/** @type {number[]} */ [i, j]) => (belongs(focus, side.side, i, j) ? (focus.side === side.side ? "chosen" : "factor") : "");
  const label = `${plain(side.latex)}, ${shape(side)}`;
  return html`<figure data-side=${side.side}><figcaption><span class="math" ${math(`\\displaystyle ${side.latex}`)}></span> <small>${shape(side)}</small></figcaption>
    ${cellGrid(c, { name: side.node, value: side.rows, tone: TONES[side.role], label, lit, known, id: side.id })}</figure>`;
}

/** A cell of the result as what it is the sum of. @param {Product} p @param {Focus} focus
 * @param {import("../formula.js").Scope} scope @param {(side: Side) => boolean} known */
function told({ left, right, result }, { at: [i, j] }, scope, known) {
  const terms = left.rows[0].map((_, k) => k).slice(0, WRITTEN);
  const more = left.rows[0].length > WRITTEN ? " + \\cdots" : "";
  const sum = (/** @type {(side: Side, i: number, j: number) => string} */ write) =>
    terms.map((k) => `${k ? "{} + " : ""}${write(left, i, k)} \\cdot ${write(right, k, j)}`).map((l, n) => (n === terms.length - 1 ? l + more : l));
  const number = (/** @type {Side} */ s, /** @type {number} */ a, /** @type {number} */ b) => coloured(s, known(s) ? signed(printed(s.rows[a][b], scope).latex) : "\\mathord{?}");
  const value = printed(result.rows[i][j], scope);
  const line = (/** @type {string[]} */ parts) => html`<div class="eq">${parts.map((part) => html`<span ${math(`\\displaystyle ${part}`)}></span> `)}</div>`;
  return html`${line([`${result.symbol(i, j)} = {}`, ...sum((s, a, b) => coloured(s, s.symbol(a, b)))])}
    ${scope.numbers ? line(["{} = {}", ...sum(number), known(result) ? `${value.exact ? "=" : "\\approx"} ${coloured(result, value.latex)}` : "= \\mathord{?}"]) : nothing}`;
}

/** @param {Side} side @param {string} latex */
const coloured = (side, latex) => `\\class{${side.role === "argument" ? "fwd" : "bwd"}}{${latex}}`;

/** @param {string} latex */
const signed = (latex) => (latex.startsWith("-") ? `\\left(${latex}\\right)` : latex);

/** Which cells of the result a cell of a factor goes into. @param {Context} c @param {Side} side @param {Focus} focus */
const goesInto = ({ t }, side, { at: [i, j] }) =>
  t(side.side === "left" ? "ui.product.intoRow" : "ui.product.intoColumn", { name: plain(side.symbol(i, j)), n: (side.side === "left" ? i : j) + 1 });
