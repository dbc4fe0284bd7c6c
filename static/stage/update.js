/** An update beside its parameter: new ← old − step (decay first makes the old value smaller), with the learning rate and the gradient where that is the step. */
import { indexed } from "../indexed.js";
import { PLAIN } from "../network/terms.js";
import { part } from "./chip.js";

/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {import("./metrics.js").Metrics} Metrics */

/** @param {Scope} scope @param {Metrics} m @param {(key: string) => string} t @returns {import("./chip.js").Part[]} */
export function updateParts(scope, m, t) {
  const { frame, graph } = scope;
  const update = indexed(graph).updates.get(frame?.step?.node ?? "");
  if (!update?.terms?.length || !scope.numbers || update.old === null) return [];
  const value = (/** @type {string} */ name) => update.terms?.find((x) => x.name === name)?.value ?? null;
  const plain = update.terms.some((x) => x.template === PLAIN);
  const fwd = part("fwd", t("ui.update.new"), update.new, scope, m, !frame?.begun);
  const old = part("fwd", t("ui.update.old"), update.old, scope, m, true);
  const shrunk = value("shrunk");
  const from = shrunk === null ? old : part("fwd", t("ui.update.shrunk"), shrunk, scope, m, true);
  if (!plain) return [fwd, from, { ...part("loc", t("ui.update.stepCaption"), value("step_taken"), scope, m, true), sign: "−" }];
  return [fwd, old, { ...part("loc", "α", value("learning_rate"), scope, m, true), sign: "−" },
    { ...part("bwd", t("ui.gradient"), update.gradient, scope, m, true), sign: "·" }];
}
