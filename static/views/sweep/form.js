/** Which settings a sweep varies, with which values, from how many seeds and for how long; and how many runs that makes. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { shown } from "../../network/shown.js";
import { runsOf, variable } from "../../sweep/asked.js";
import { MOST_FIELDS, MOST_VALUES } from "../../sweep/vary.js";
import { valuesField } from "../compare/values.js";
import { textOf } from "../controlled.js";
import { numberField } from "../network/fields.js";
import { focusLost, focusNext } from "../network/focus.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../sweep/asked.js").Axis} Axis */

/** @param {Context} c @param {import("../../sweep/vary.js").Vary} vary @param {Axis[]} axes */
export function form(c, vary, axes) {
  const { state, t, actions } = c;
  const { swept: { busy, typed }, tables } = state;
  const limits = { sweep_runs: 256, compared_iterations: 100_000, ...tables?.limits };
  const [runs, most] = [runsOf(axes, vary.seeds), limits.sweep_runs];
  const free = tables ? variable(shown(state), tables).filter((f) => !axes.some((a) => a.field.id === f.id)) : [];
  const put = (/** @type {Axis[]} */ next) => actions.chooseSweep({ by: next.map(({ field, values }) => ({ of: field.id, values })) });
  const start = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (!typed && runs <= most && !busy) void actions.startSweep().then(() => focusLost(".sweep-progress button:enabled"));
  };
  const whole = (/** @type {"seeds" | "iterations"} */ name, /** @type {number} */ high) => (/** @type {number | null} */ v) =>
    v && actions.chooseSweep({ [name]: Math.min(high, Math.max(1, Math.round(v))) });
  return html`<form class="versus vary" @submit=${start}>
    ${axes.map((axis, i) => varied(c, axes, i, [axis.field, ...free], put))}
    <div class="vary-row">${axes.length < MOST_FIELDS && free.length ? html`<button type="button" class="add" @click=${() => { put([...axes, { field: free[0], values: free[0].values }]); focusNext(".vary-row:nth-last-of-type(3) select"); }}>${t("ui.sweep.add")}</button>` : nothing}</div>
    <div class="vary-row">${numberField(c, t("ui.sweep.seeds"), vary.seeds, whole("seeds", most))}${numberField(c, t("ui.sweep.iterations"), vary.iterations, whole("iterations", limits.compared_iterations))}
      <button type="submit" class="main" ?disabled=${busy || runs > most}>${t("ui.sweep.start")}</button>
      <p class=${runs > most ? "count problem" : "count"} role="status">${told(c, axes, vary.seeds, runs, most)}</p></div>
  </form>`;
}

/** @param {Context} c @param {Axis[]} axes @param {number} i @param {import("../../compare/fields.js").Field[]} offered @param {(next: Axis[]) => void} put */
function varied(c, axes, i, offered, put) {
  const { t, state, actions } = c;
  const { typed } = state.swept;
  const { field, values } = axes[i];
  const turned = (/** @type {Axis} */ axis) => put(axes.map((one, j) => (j === i ? axis : one)));
  const choose = (/** @type {Event} */ e) => {
    const next = offered.find((f) => f.id === textOf(e));
    if (next) turned({ field: next, values: next.values });
  };
  return html`<div class="vary-row"><label class="choice">${t("ui.sweep.vary")} <select @change=${choose}>${offered.map((f) => html`<option value=${f.id} .selected=${f.id === field.id}>${t(f.label)}</option>`)}</select></label>
    ${valuesField(c, { field, values, most: MOST_VALUES, typed: typed?.at === i ? typed.text : "", choose: (next) => turned({ field, values: next }), refuse: (text, problem) => actions.refuseSwept(i, text, problem) })}
    ${axes.length > 1 ? html`<button type="button" class="quiet" aria-label=${t("ui.sweep.remove", { name: t(field.label) })} title=${t("ui.sweep.remove", { name: t(field.label) })} @click=${() => { put(axes.filter((_, j) => j !== i)); focusNext(".vary .add"); }}>×</button>` : nothing}</div>`;
}

/** @param {Context} c @param {Axis[]} axes @param {number} seeds @param {number} runs @param {number} most */
function told({ t, number }, axes, seeds, runs, most) {
  if (runs > most) return t("ui.sweep.many", { n: number(runs), most: number(most) });
  const product = [...axes.map(({ values }) => values.length), seeds].map(number).join(" × ");
  return t("ui.sweep.count", { product, n: number(runs), most: number(most) });
}
