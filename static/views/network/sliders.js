/** Settings on sliders, each with its number beside it: they act at once, also while a training runs. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { PLACES, placeOf, rateAt } from "../../network/knobs.js";
import { numberField } from "./fields.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {{label: string, value: number, place: number, low: number, high: number, step: number, at: (place: number) => number, put: (value: number, moving?: boolean) => void}} Knob */

/** @param {Context} c @param {import("../../network/requests.js").Network} net */
export function sliders(c, net) {
  const { t, actions, state: { steer: { wanted } } } = c;
  const optimizer = { ...net.spec.optimizer, ...wanted.optimizer };
  const size = wanted.batch_size ?? net.spec.batch_size;
  const set = (/** @type {string} */ name) => (/** @type {number} */ value, moving = false) => actions.steerSetting({ optimizer: { [name]: value } }, moving);
  const same = (/** @type {number} */ x) => x;
  const whole = (/** @type {number} */ x) => Math.min(net.counts.rows, Math.max(1, Math.round(x)));
  return html`<div class="knobs">
    ${knob(c, { label: t("ui.net.rate"), value: optimizer.learning_rate, place: placeOf(optimizer.learning_rate), low: 0, high: PLACES, step: 1, at: rateAt, put: set("learning_rate") })}
    ${typeof optimizer.momentum === "number" ? knob(c, { label: t("ui.net.momentum"), value: optimizer.momentum, place: optimizer.momentum, low: 0, high: 0.99, step: 0.01, at: same, put: set("momentum") }) : nothing}
    ${knob(c, { label: t("ui.batchSize"), value: size, place: size, low: 1, high: net.counts.rows, step: 1, at: whole, put: (value, moving) => actions.steerSetting({ batch_size: whole(value) }, moving) })}</div>`;
}

/** @param {Context} c @param {Knob} k */
function knob(c, k) {
  const move = (/** @type {Event} */ e, /** @type {boolean} */ moving) => k.put(k.at(Number(/** @type {HTMLInputElement} */ (e.target).value)), moving);
  return html`<div class="knob"><span class="name" aria-hidden="true">${k.label}</span>${numberField(c, k.label, k.value, (v) => v !== null && k.put(v))}
    <input type="range" aria-label=${k.label} aria-valuetext=${c.number(k.value)} min=${k.low} max=${k.high} step=${k.step} .value=${live(String(k.place))}
      @input=${(/** @type {Event} */ e) => move(e, true)} @change=${(/** @type {Event} */ e) => move(e, false)}></div>`;
}
