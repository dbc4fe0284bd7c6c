/** The controls of one column of the drawing: neurons more or fewer, activation, bias, and layers between columns. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { readNumber } from "../../readnumber.js";
import { ACTIVATIONS, inserted, shallower, sized, withLayer } from "../../network/draft.js";
import { idAt, saidAt, word } from "../../network/said.js";
import { textOf, tickedOf } from "../controlled.js";
import { placed } from "../placed.js";
import { focusNext } from "./focus.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/draft.js").Draft} Draft */
/** @typedef {import("../../network/columns.js").Plan} Plan */

const GAP = 44;
const WIDEST = 168;

/** The box of a column's controls, above and below its neurons. @param {Plan} plan @param {number} index */
function boxOf({ columns, top, bands }, index) {
  const { x, w } = columns[index];
  const width = Math.min(w - 8, WIDEST);
  return { x: x - width / 2, y: top, w: width, h: bands.top + bands.tall + bands.bottom };
}

/** @param {Context} c @param {Draft} build @param {Plan} plan */
export const inputColumn = ({ t }, build, plan) => html`<div class="column inputs" ${placed(boxOf(plan, 0))}><div class="over">
  <b>${t("ui.net.inputs")}</b><span class="hint">${t(build.inputs === 1 ? "ui.net.oneFeature" : "ui.net.features", { n: build.inputs })}</span></div></div>`;

/** A new layer between two columns. @param {Context} c @param {Draft} build @param {Plan} plan @param {number} index  of the layer behind it */
export function insertButton(c, build, plan, index) {
  const { t, actions } = c;
  const [from, to] = [plan.columns[index], plan.columns[index + 1]];
  const x = (from.x + from.w / 2 + to.x - to.w / 2) / 2;
  const label = t("ui.net.insert", { from: index ? t("ui.net.layer", { n: index }) : t("ui.net.inputs"), to: nameOf(c, build, index) });
  return html`<button class="insert" data-index=${index} aria-label=${label} title=${label} @click=${() => actions.redraft(inserted(build, index))}
    ${placed({ x: x - GAP / 2, y: plan.middle - GAP / 2, w: GAP, h: GAP })}><span aria-hidden="true">+</span></button>`;
}

/** @param {Context} c @param {Draft} build @param {number} index */
const nameOf = ({ t }, build, index) => (index === build.layers.length - 1 ? t("ui.net.answer") : t("ui.net.layer", { n: index + 1 }));

/** @param {Context} c @param {Draft} build @param {Plan} plan @param {number} index */
export function layerColumn(c, build, plan, index) {
  const at = `/layers/${index}`;
  const said = saidAt(c, at);
  const name = nameOf(c, build, index);
  return html`<div class="column ${said ? (said.grave ? "bad" : "unwise") : ""}" role="group" aria-label=${name} id=${idAt(at)} ${placed(boxOf(plan, index + 1))}>
    <div class="over">${title(c, build, index)}${stepper(c, build, index)}</div>
    <div class="under" ${placed({ x: 0, y: plan.bands.top + plan.bands.tall })}>${activation(c, build, index)}${bias(c, build, index)}
      ${said ? html`<p class="said" id="${idAt(at)}-said">${said.text}</p>` : nothing}</div></div>`;
}

/** What ties a control of a column to the sentence below it. @param {Context} c @param {number} index @param {string} part */
const ties = (c, index, part) => ({
  id: idAt(`/layers/${index}/${part}`),
  described: saidAt(c, `/layers/${index}`) ? `${idAt(`/layers/${index}`)}-said` : nothing,
  invalid: saidAt(c, `/layers/${index}/${part}`)?.grave ? "true" : "false",
});

/** The name, and the way out for a layer that can go; with it goes the button, so the focus moves to where a layer could stand again.
 * @param {Context} c @param {Draft} build @param {number} index */
function title(c, build, index) {
  const { t, actions } = c;
  const name = nameOf(c, build, index);
  const remove = () => {
    void actions.redraft(shallower(build, index));
    focusNext(`.draft-world .insert[data-index="${index}"]`);
  };
  return html`<span class="title"><b>${name}</b>${index < build.layers.length - 1 ? html`<button class="away" aria-label="${t("ui.net.remove")} · ${name}"
    title=${t("ui.net.remove")} @click=${remove}><span aria-hidden="true">×</span></button>` : nothing}</span>`;
}

/** @param {Context} c @param {Draft} build @param {number} index */
function stepper(c, build, index) {
  const { t, actions, store } = c;
  const { units } = build.layers[index];
  const name = nameOf(c, build, index);
  const { id, described, invalid } = ties(c, index, "units");
  const resize = (/** @type {number} */ n) => actions.redraft(sized(build, index, n));
  const typed = (/** @type {Event} */ e) => {
    const read = readNumber(textOf(e));
    if ("value" in read) void resize(read.value);
    /** @type {HTMLInputElement} */ (e.target).value = String(store.get().build.layers[index].units);
  };
  return html`<span class="stepper">
    <button aria-label="${t("ui.net.fewer")} · ${name}" aria-disabled=${units <= 1 ? "true" : "false"}
      @click=${() => units > 1 && resize(units - 1)}><span aria-hidden="true">−</span></button>
    <input id=${id} type="text" inputmode="numeric" autocomplete="off" aria-label="${t("ui.net.units")} · ${name}" aria-describedby=${described} aria-invalid=${invalid}
      .value=${String(units)} @change=${typed}>
    <button aria-label="${t("ui.net.more")} · ${name}" @click=${() => resize(units + 1)}><span aria-hidden="true">+</span></button></span>`;
}

/** @param {Context} c @param {Draft} build @param {number} index */
function activation(c, build, index) {
  const { t, actions } = c;
  const now = build.layers[index].activation;
  const { id, described, invalid } = ties(c, index, "activation");
  return html`<select id=${id} aria-label="${t("ui.net.activation")} · ${nameOf(c, build, index)}" aria-describedby=${described} aria-invalid=${invalid}
    @change=${(/** @type {Event} */ e) => actions.redraft(withLayer(build, index, { activation: textOf(e) }))}>
    ${[...new Set([...ACTIVATIONS, now])].map((a) => html`<option value=${a} .selected=${a === now}>${word(t, "activation", a)}</option>`)}</select>`;
}

/** @param {Context} c @param {Draft} build @param {number} index */
const bias = (c, build, index) => html`<label class="toggle"><input type="checkbox" aria-label="${c.t("ui.net.bias")} · ${nameOf(c, build, index)}"
  .checked=${build.layers[index].bias} @change=${(/** @type {Event} */ e) => c.actions.redraft(withLayer(build, index, { bias: tickedOf(e) }))}> ${c.t("ui.net.bias")}</label>`;
