/** What is known to be wrong with a draft before the server is asked, and what is only unwise. */
import { answersOf } from "./ends.js";
import { count, initOf } from "./draft.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./draft.js").Option} Option */
/** @typedef {import("./draft.js").Tables} Tables */
/** @typedef {{pointer: string, key: string, params: Record<string, string | number>, grave: boolean}} Finding  `key` names a sentence of the catalogue;
 * what is grave is refused by the server, the rest only learns badly */

const SHARE = 0.9;
const SCORES = { bce_with_logits: "sigmoid", cross_entropy: "softmax" };
const PROBABILITIES = ["sigmoid", "softmax"];
const FLAT = ["sign", "step"];

/** @param {string} pointer @param {string} key @param {Record<string, string | number>} [params] @returns {Finding} */
const grave = (pointer, key, params = {}) => ({ pointer, key: `ui.check.${key}`, params, grave: true });
/** @param {string} pointer @param {string} key @param {Record<string, string | number>} [params] @returns {Finding} */
const unwise = (pointer, key, params = {}) => ({ ...grave(pointer, key, params), grave: false });

/** @param {Draft} draft @param {Tables} tables @param {import("./table.js").Preview | null} preview  of the data that are drawn up, if it has come */
export function findings(draft, tables, preview) {
  const set = tables.datasets.find((d) => d.name === draft.data.name);
  const fed = set ?? (preview?.features.length ? preview : null);
  return [
    ...dataFindings(draft, set, preview),
    ...(draft.program === undefined ? layerFindings(draft, tables.limits, fed) : programFindings(draft)),
    ...optimizerFindings(draft, tables), ...startFindings(draft, tables),
  ];
}

/** @param {Draft} draft @param {import("./draft.js").Dataset | undefined} set @param {import("./table.js").Preview | null} preview */
function* dataFindings(draft, set, preview) {
  const { data, held_out: share = 0, batch_size: batch } = draft;
  if ("csv" in data && !data.csv.trim()) yield grave("/data/csv", "noTable");
  if (set) yield* ranges("/data", set.settings, data);
  if (share < 0 || share > SHARE) yield grave("/held_out", "between", { low: 0, high: 90 });
  const rows = set ? data.samples ?? set.rows : preview?.rows ?? null;
  if (batch === undefined) return;
  const most = rows === null ? Infinity : rows - Math.min(Math.floor(share * rows + 0.5), rows - 1);
  if (!Number.isInteger(batch) || batch < 1) yield grave("/batch_size", "whole");
  else if (batch > most) yield grave("/batch_size", "batch", { n: most });
}

/** @param {Draft} draft @param {Record<string, number>} limits @param {import("./ends.js").Fed | null} fed */
function* layerFindings(draft, limits, fed) {
  const { layers, loss } = draft;
  const last = layers.length - 1;
  const at = `/layers/${last}`;
  const { units, activation } = layers[last];
  if (layers.length > limits.layers) yield grave("/layers", "layers", { n: limits.layers });
  if (count(draft) > limits.parameters) yield grave("/layers", "parameters", { n: limits.parameters });
  const wanted = fed && answersOf(fed);
  if (fed && wanted !== units) yield grave(`${at}/units`, !fed.classes?.length ? "targets" : wanted === 1 ? "twoClasses" : "classes", { n: Number(wanted) });
  if (loss === "cross_entropy" && units === 1) yield unwise("/loss", "oneClass");
  if (loss in SCORES && PROBABILITIES.includes(activation)) yield unwise(`${at}/activation`, "twice", { loss, applied: SCORES[/** @type {"cross_entropy"} */ (loss)] });
  if (loss === "bce" && !PROBABILITIES.includes(activation)) yield unwise(`${at}/activation`, "probabilities");
  for (const [i, layer] of layers.entries()) if (FLAT.includes(layer.activation)) yield unwise(`/layers/${i}/activation`, "flat");
}

/** @param {Draft} draft */
function* programFindings({ program = "", trainable = [] }) {
  if (!program.trim()) yield grave("/program", "noProgram");
  else if (!trainable.length) yield grave("/trainable", "nothingTrained");
}

/** @param {Draft} draft @param {Tables} tables */
function* optimizerFindings({ optimizer, schedule }, tables) {
  yield* ranges("/optimizer", tables.optimizers.find((o) => o.name === optimizer.name)?.settings ?? [], optimizer, true);
  if (optimizer.nesterov && !(optimizer.momentum > 0 && !optimizer.dampening)) yield grave("/optimizer/nesterov", "nesterov");
  if (schedule) yield* ranges("/schedule", tables.schedules.find((s) => s.name === schedule.name)?.settings ?? [], schedule);
}

/** @param {Draft} draft @param {Tables} tables */
function* startFindings(draft, tables) {
  const init = initOf(draft);
  const row = tables.initializers.find((i) => i.name === init.name);
  yield* ranges("/init", row?.settings ?? [], init);
  const [low, high] = ["low", "high"].map((name) => init[name] ?? row?.settings.find((s) => s.name === name)?.default);
  if (low > high) yield grave("/init/low", "order");
  if (!Number.isInteger(draft.seed) || draft.seed < 0 || draft.seed >= 2 ** 32) yield grave("/seed", "seed");
}

/** Settings outside of what they accept. @param {string} at @param {Option[]} settings @param {Record<string, any>} given
 * @param {boolean} [open]  whether the upper end itself is not accepted @returns {Generator<Finding>} */
function* ranges(at, settings, given, open = false) {
  for (const s of settings) {
    for (const [i, value] of [given[s.name] ?? s.default].flat().entries()) {
      if (typeof value !== "number") continue;
      const [low, high] = [Number(s.low), Number(s.high)];
      const inside = (open ? value < high : value <= high) && (s.above ? value > low : value >= low);
      const place = `${at}/${s.name}${Array.isArray(s.default) ? `/${i}` : ""}`;
      if (!inside) yield grave(place, ...range(low, high, Boolean(s.above), open));
      else if (s.whole && !Number.isInteger(value)) yield grave(place, "whole");
    }
  }
}

/** @param {number} low @param {number} high @param {boolean} above @param {boolean} open @returns {[string, Record<string, number>]} */
function range(low, high, above, open) {
  if (Number.isFinite(low) && Number.isFinite(high)) return [above ? "aboveTo" : open ? "below" : "between", { low, high }];
  return Number.isFinite(low) ? [above ? "above" : "from", { low }] : ["upTo", { high }];
}

/** The worst that is known of a place: of `/layers/1` also what is known of `/layers/1/units`.
 * @param {Finding[]} found @param {string} pointer */
export const findingAt = (found, pointer) =>
  found.find((f) => f.grave && within(f.pointer, pointer)) ?? found.find((f) => within(f.pointer, pointer)) ?? null;

/** @param {string} pointer @param {string} place */
export const within = (pointer, place) => pointer === place || pointer.startsWith(place + "/");
