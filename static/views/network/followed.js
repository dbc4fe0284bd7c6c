/** The one element whose gradient is followed through the rows of a batch. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { math } from "../../math.js";
import { elementId, elementLatex, firstOf, valueAt } from "../../network/element.js";
import { chosen } from "../../network/passes.js";
import { known } from "../../network/stations.js";
import { cellGrid } from "../cells.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/requests.js").Network} Network */

/** Its parameter, and the cell of it. @param {Context} c @param {Network} net @param {import("../../network/passes.js").Passes} passes */
export function followed(c, net, passes) {
  const { state, t, store } = c;
  const { name, index } = chosen(state, net);
  const row = passes.rows.find((r) => String(r.row) === state.rows);
  const value = (row ?? passes).gradients[name] ?? null;
  const shown = row ? known(state, net) > net.batch.rows.indexOf(row.row) : true;
  const own = elementId(name, index);
  const lit = (/** @type {number[]} */ at) => (own === elementId(name, fitted(value, at)) ? "chosen" : "");
  const choose = (/** @type {Event} */ e) => {
    const parameter = /** @type {HTMLSelectElement} */ (e.target).value;
    store.set({ cell: elementId(parameter, firstOf(net.parameters[parameter])) });
  };
  return html`<section class="followed"><label class="choice">${t("ui.batch.follow")} <select @change=${choose}>
      ${Object.keys(net.parameters).map((p) => html`<option value=${p} ?selected=${p === name}>${p}</option>`)}</select></label>
    <span class="math" ${math(`\\frac{\\partial ${latexOfNode(c, state.graph?.output ?? "L")}}{\\partial ${latexOfNode(c, name)}} =`)}></span>
    ${value === null ? nothing : cellGrid(c, { name, value, tone: "grad", known: shown, lit, label: t("ui.batch.gradientOf", { name }) })}</section>`;
}

/** A place of a grid as the index that the value has. @param {any} value @param {number[]} at */
const fitted = (value, at) => (!Array.isArray(value) ? [] : Array.isArray(value[0]) ? at : [at[1]]);

/** @param {Context} c @param {string} id */
const latexOfNode = ({ state: { graph } }, id) => graph?.nodes.find((n) => n.id === id)?.latex ?? id;

/** The derivative that is followed, as LaTeX. @param {Context} c @param {Network} net */
export function derivative(c, net) {
  const { name, index } = chosen(c.state, net);
  return `\\frac{\\partial ${latexOfNode(c, c.state.graph?.output ?? "L")}}{\\partial ${elementLatex(latexOfNode(c, name), index)}}`;
}

/** What the update makes of the element, once the playhead has come to it. @param {Context} c @param {Network} net */
export function newValue(c, net) {
  const { state, scope } = c;
  const { name, index } = chosen(state, net);
  const own = elementId(name, index);
  const update = state.graph?.updates.find((u) => u.parameter === name || u.parameter === own);
  const step = state.graph?.steps.findIndex((s) => s.phase === "update" && s.node === update?.parameter) ?? -1;
  if (!update || !scope?.frame?.done(step)) return "?";
  return c.number(update.parameter === own ? update.new : valueAt(update.new, index));
}
