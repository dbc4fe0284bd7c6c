/** What can be compared: one setting of a network with several values, while all others stay alike. */
import { driven, initOf, inserted, shallower, sized, withLayer } from "../network/draft.js";
import { IDENTITY } from "./identity.js";
import { MOST } from "./wish.js";

/**
 * @typedef {import("../network/draft.js").Draft} Draft
 * @typedef {import("../network/draft.js").Option} Option
 * @typedef {number | string | boolean} Value
 * @typedef {{id: string, label: string, words?: string, choices: Value[] | null, values: Value[], put: (draft: Draft, value: any) => Draft, base?: Draft}} Field
 * `label` is a key of the catalogue and `words` the kind of its words for the choices; numbers have no choices. `values` are what is offered
 * first, and `base` stands for a comparison that has a network of its own.
 */

const FLAGS = [false, true];
const ACTIVATIONS = ["sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "gelu", "silu", "sign", "step", "linear"];
const LOSSES = ["half_mse", "mse", "bce", "bce_with_logits", "cross_entropy"];
/** What is worth comparing of a setting. @type {Record<string, Value[]>} */
const OFFERED = {
  learning_rate: [0.01, 0.1, 1, 10], momentum: [0, 0.5, 0.9], dampening: [0, 0.5], weight_decay: [0, 0.001, 0.01, 0.1], lr_decay: [0, 0.01, 0.1],
  alpha: [0.9, 0.99, 0.999], "betas.0": [0, 0.5, 0.9], "betas.1": [0.9, 0.99, 0.999], eps: [1e-8, 1e-4, 0.01], noise: [0, 0.1, 0.2, 0.4],
  gain: [0.5, 1, 2, 4], scale: [0.01, 0.1, 1], samples: [20, 60, 200], value: [0, 0.1, 1],
};

/** @param {string} group @param {string} name @param {Value[]} choices @param {Value[]} values @param {Field["put"]} put @returns {Field} */
const chosen = (group, name, choices, values, put) => ({ id: name, label: `ui.compare.${name}`, words: group, choices, values: values.slice(0, MOST), put });
/** @param {string} name @param {Value[]} values @param {Field["put"]} put @returns {Field} */
const counted = (name, values, put) => ({ id: name, label: `ui.compare.${name}`, choices: null, values, put });

/** @param {Draft} draft @param {import("../network/draft.js").Tables} tables @returns {Field[]} */
export function fieldsOf(draft, tables) {
  const own = settingsOf(tables.optimizers, draft.optimizer.name, "optimizer", (d) => d.optimizer);
  const [rate, others] = [own.filter((f) => f.id === "optimizer.learning_rate"), own.filter((f) => f.id !== "optimizer.learning_rate")];
  const layered = draft.program === undefined;
  const [optimizers, schedules] = [tables.optimizers, tables.schedules].map((rows) => rows.map((row) => row.name));
  return [
    ...rate, ...(layered ? [activation] : []), sign, chosen("optimizer", "optimizer", optimizers, optimizers, driven),
    ...(layered ? layerFields(draft, tables) : []),
    counted("batch_size", [1, 2, 4], (d, batch_size) => ({ ...d, batch_size })), counted("seed", [0, 1, 2, 3], (d, seed) => ({ ...d, seed })),
    ...others,
    chosen("schedule", "schedule", schedules, schedules, (d, name) => ({ ...d, schedule: name === "constant" ? undefined : { name } })),
    ...(layered ? settingsOf(tables.initializers, initOf(draft).name, "init", initOf) : []),
    ...settingsOf(tables.datasets, draft.data.name, "data", (d) => d.data).map((f) => fitting(f, tables)),
    fitting(counted("held_out", [0, 0.25, 0.5], (d, held_out) => ({ ...d, held_out })), tables),
    ...["shuffle", "standardise"].map((name) => chosen("flag", name, FLAGS, FLAGS, (d, on) => ({ ...d, [name]: on }))),
  ];
}

/** A field after which fewer rows may be left to train on: a batch is never larger than they are.
 * @param {Field} field @param {import("../network/draft.js").Tables} tables @returns {Field} */
function fitting(field, tables) {
  /** @param {Draft} draft @param {any} value */
  function put(draft, value) {
    const made = field.put(draft, value);
    const rows = made.data.samples ?? tables.datasets.find((d) => d.name === made.data.name)?.rows;
    if (made.batch_size === undefined || rows === undefined) return made;
    const left = rows - Math.min(Math.floor((made.held_out ?? 0) * rows + 0.5), rows - 1);
    return { ...made, batch_size: Math.min(made.batch_size, left) };
  }
  return { ...field, put };
}

/** The hidden layers, or in a network without any its only one. @param {Draft} d @param {(draft: Draft, index: number) => Draft} change */
const hidden = (d, change) => d.layers.slice(0, Math.max(1, d.layers.length - 1)).reduce((draft, _, i) => change(draft, i), d);

const activated = (/** @type {string} */ name) => (/** @type {Draft} */ draft, /** @type {number} */ i) => withLayer(draft, i, { activation: name });
const activation = chosen("activation", "activation", ACTIVATIONS, ["sigmoid", "relu"], (d, name) => hidden(d, activated(name)));
/** The lecture's first question of training: both neurons of the chain alike. */
const sign = {
  ...chosen("activation", "sign", ACTIVATIONS, ["sign", "sigmoid"], (d, name) => ({ ...d, layers: d.layers.map((l) => ({ ...l, activation: name })) })),
  base: IDENTITY,
};

/** @param {Draft} draft @param {import("../network/draft.js").Tables} tables @returns {Field[]} */
function layerFields(draft, tables) {
  const inits = tables.initializers.map((i) => i.name);
  const offered = ["zeros", "normal", "xavier_uniform", "kaiming_uniform"].filter((name) => inits.includes(name));
  const deep = draft.layers.length > 1;
  return [
    chosen("init", "init", inits, offered, (d, name) => ({ ...d, init: name })),
    ...(deep ? [counted("units", [1, 2, 4, 8], (d, units) => hidden(d, (one, i) => sized(one, i, units)))] : []),
    counted("layers", [0, 1, 2, 4], resized), chosen("loss", "loss", LOSSES, ["half_mse", "bce"], (d, loss) => ({ ...d, loss })),
  ];
}

/** With so many hidden layers, those that come like the last of them. @param {Draft} draft @param {number} count @returns {Draft} */
function resized(draft, count) {
  let made = draft;
  while (made.layers.length - 1 > Math.max(0, count)) made = shallower(made, made.layers.length - 2);
  while (made.layers.length - 1 < Math.min(count, 16)) made = alike(made);
  return made;
}

/** @param {Draft} draft @returns {Draft} */
function alike(draft) {
  const [last, before] = [draft.layers.length - 1, draft.layers.at(-2)];
  const more = inserted(draft, last);
  return before ? withLayer(more, last, before) : more;
}

/** A field for every setting of a row of a table. @param {{name: string, settings: Option[]}[]} rows @param {string} name
 * @param {"optimizer" | "init" | "data"} group @param {(draft: Draft) => Record<string, any>} read @returns {Field[]} */
function settingsOf(rows, name, group, read) {
  const settings = rows.find((r) => r.name === name)?.settings ?? [];
  return settings.flatMap((s) => (Array.isArray(s.default) ? s.default.map((_, i) => settingField(s, group, read, i)) : [settingField(s, group, read, null)]));
}

/** @param {Option} s @param {"optimizer" | "init" | "data"} group @param {(draft: Draft) => Record<string, any>} read
 * @param {number | null} part  of a setting that is a pair @returns {Field} */
function settingField(s, group, read, part) {
  const name = part === null ? s.name : `${s.name}.${part}`;
  const flag = typeof s.default === "boolean";
  const choices = flag ? FLAGS : s.choices ?? null;
  const first = part === null ? s.default : s.default[part];
  return {
    id: `${group}.${name}`, label: `ui.setting.${name}`, words: flag ? "flag" : "activation", choices,
    values: (choices ?? OFFERED[name] ?? [first]).slice(0, MOST),
    put(draft, value) {
      const given = read(draft);
      const whole = part === null ? value : (given[s.name] ?? s.default).map((/** @type {any} */ v, /** @type {number} */ i) => (i === part ? value : v));
      return { ...draft, [group]: { ...given, [s.name]: whole } };
    },
  };
}

/** The field of that name, or the first. @param {Field[]} fields @param {string} id */
export const fieldOf = (fields, id) => fields.find((f) => f.id === id) ?? fields[0];
