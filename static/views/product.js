/** A rule as a picture: two factors and their result, each cell of it where its row and column meet, or one beside the other. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { printed } from "../formula.js";
import { math } from "../math.js";
import { belongs, focusOf, pairs } from "../meeting.js";
import { plain } from "../names.js";
import { lookedAt } from "../network/element.js";
import { productOf } from "../product.js";
import { cellGrid } from "./cells.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../product.js").Product} Product */
/** @typedef {import("../product.js").Place} Place */
/** @typedef {import("../sheets.js").Side} Side */
/** @typedef {import("../meeting.js").Focus} Focus */

/** So many products of a sum are written out. */
const WRITTEN = 3;
/** @type {Record<string, string>} */
const TONES = { argument: "value", upstream: "grad", gradient: "grad", local: "loc" };
/** @type {Record<string, string>} */
const COLOURS = { argument: "fwd", upstream: "bwd", gradient: "bwd", local: "loc" };

/** How wide a cell is for so many digits. @type {Map<number | null, string>} */
const WIDTHS = new Map([[3, ""], [4, ""], [6, "wider"]]);

/** More columns beside each other are colours alone where there is little room. */
const ACROSS = 4;

/** The picture of a rule, where that is a product; on a wall the stage has the matrices, and the equation stands beneath. @param {Pick<Context, "scope" | "state">} c @param {import("../types.js").Edge | null} edge @returns {Product | null} */
export const pictured = ({ scope, state }, edge) => (scope && edge && !state.projector ? productOf(scope.graph, edge, lookedAt(state)) : null);

/** The picture of the step's rule. @param {Context} c */
export function productBox(c) {
  const { scope, state, t, parts } = c;
  const frame = scope?.frame;
  if (!scope || !frame?.edge) return nothing;
  if (scope.mean && state.projector) return nothing;
  if (scope.mean) return parts.network?.meanBox(c, frame.edge) ?? nothing;
  const product = pictured(c, frame.edge);
  if (!product) return nothing;
  const met = !frame.begun || frame.beat >= 2;
  /** @type {Record<string, boolean>} */
  const shown = { argument: met, local: met, upstream: true, gradient: !frame.begun };
  const known = (/** @type {Side} */ s) => scope.numbers && shown[s.role];
  const focus = focusOf(product, lookedAt(state));
  const grid = (/** @type {"left" | "right" | "result"} */ s) => figure(c, product, product[s], focus, known(product[s]));
  const sign = (/** @type {string} */ latex) => html`<span class="sign" ${math(latex)}></span>`;
  const width = `${WIDTHS.get(state.digits) ?? "wide"} ${across(product) > ACROSS ? "across" : `over-${across(product)}`}`;
  return html`<section class="box product" aria-label=${t("ui.product.title")}><h3>${t("ui.product.title")} <span class="shapes">${shapes(product)}</span></h3>
    ${product.stack.of > 1 ? stepper(c, product) : nothing}
    ${product.kind === "matrix"
      ? html`<div class="crossed ${width}"><span></span>${grid("right")}${grid("left")}${grid("result")}</div>`
      : html`<div class="crossed paired ${width}">${grid("left")}${sign("\\odot")}${grid("right")}${sign(product.sums ? "\\textstyle\\sum \\rightarrow" : "=")}${grid("result")}</div>`}
    <div class="cell-told">${focus.side === "result" || product.kind === "elementwise" ? told(product, under(product, focus), scope, known) : html`<p class="sentence">${goesInto(c, product[focus.side], focus)}</p>`}</div></section>`;
}

/** The cell of the result that a cell goes into. @param {Product} p @param {Focus} focus @returns {Place} */
const under = ({ result }, { at: [i, j] }) => [Math.min(i, result.rows.length - 1), Math.min(j, result.rows[0].length - 1)];

/** Which matrix of a stack is shown, and the way to the others. @param {Context} c @param {Product} product */
function stepper({ t, store }, { stack: { at, of, summed }, first }) {
  const to = (/** @type {number} */ k, /** @type {string} */ label, /** @type {string} */ sign) => html`<button aria-label=${label} ?disabled=${k < 0 || k >= of}
    @click=${() => store.set({ cell: first(k), hover: "" })}><span aria-hidden="true">${sign}</span></button>`;
  return html`<p class="stack">${to(at - 1, t("ui.product.before"), "‹")}<span>${t("ui.product.of", { n: at + 1, of })}</span>${to(at + 1, t("ui.product.after"), "›")}
    ${summed ? html`<small>${t("ui.product.summed", { n: of })}</small>` : nothing}</p>`;
}

/** 3 × 1 · 1 × 2 → 3 × 2. @param {Product} p */
const shapes = ({ kind, left, right, result }) => `${shape(left)} ${kind === "matrix" ? "·" : "⊙"} ${shape(right)} → ${shape(result)}`;

/** @param {Product} p */
const across = ({ kind, left, right }) => (kind === "matrix" ? left.rows[0].length + right.rows[0].length : right.rows[0].length);

/** @param {Side} s */
const shape = ({ rows }) => `${rows.length} × ${rows[0]?.length ?? 0}`;

/** @param {Context} c @param {Product} product @param {Side} side @param {Focus} focus @param {boolean} known */
function figure(c, product, side, focus, known) {
  const lit = (/** @type {number[]} */ [i, j]) => (belongs(product, focus, side.side, i, j) ? (focus.side === side.side ? "chosen" : "factor") : "");
  const label = `${plain(side.latex)}, ${shape(side)}`;
  return html`<figure data-side=${side.side}><figcaption><span class="math" ${math(`\\displaystyle ${side.latex}`)}></span> <small>${shape(side)}</small></figcaption>
    ${cellGrid(c, { name: side.node, value: side.rows, tone: TONES[side.role], label, lit, known, id: side.id })}</figure>`;
}

/** A cell of the result as what it is the sum of. @param {Product} product @param {Place} at
 * @param {import("../formula.js").Scope} scope @param {(side: Side) => boolean} known */
function told(product, at, scope, known) {
  const { left, right, result, stack } = product;
  const all = pairs(product, at);
  const terms = all.slice(0, WRITTEN);
  const more = all.length > WRITTEN || stack.summed ? " + \\cdots" : "";
  const sum = (/** @type {(side: Side, i: number, j: number) => string} */ write) =>
    terms.map(([a, b], n) => `${n ? "{} + " : ""}${write(left, ...a)} \\cdot ${write(right, ...b)}${n === terms.length - 1 ? more : ""}`);
  const number = (/** @type {Side} */ s, /** @type {number} */ a, /** @type {number} */ b) => coloured(s, known(s) ? signed(printed(s.rows[a][b], scope).latex) : "\\mathord{?}");
  const value = printed(result.rows[at[0]][at[1]], scope);
  const line = (/** @type {string[]} */ parts) => html`<div class="eq">${parts.map((part) => html`<span ${math(`\\displaystyle ${part}`)}></span> `)}</div>`;
  return html`${line([`${result.symbol(...at)} = {}`, ...sum((s, a, b) => coloured(s, s.symbol(a, b)))])}
    ${scope.numbers ? line(["{} = {}", ...sum(number), known(result) ? `${value.exact ? "=" : "\\approx"} ${coloured(result, value.latex)}` : "= \\mathord{?}"]) : nothing}`;
}

/** @param {Side} side @param {string} latex */
const coloured = (side, latex) => `\\class{${COLOURS[side.role]}}{${latex}}`;

/** @param {string} latex */
const signed = (latex) => (latex.startsWith("-") ? `\\left(${latex}\\right)` : latex);

/** Which cells of the result a cell of a factor goes into. @param {Context} c @param {Side} side @param {Focus} focus */
const goesInto = ({ t }, side, { at: [i, j] }) =>
  t(side.side === "left" ? "ui.product.intoRow" : "ui.product.intoColumn", { name: plain(side.symbol(i, j)), n: (side.side === "left" ? i : j) + 1 });
