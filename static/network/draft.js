/** The network that is being drawn up: a request for the server, changed by small pure steps. */

/**
 * @typedef {{units: number, activation: string, bias: boolean}} Layer
 * @typedef {{inputs: number, layers: Layer[], loss: string, optimizer: Record<string, any>, init: any, seed: number,
 *   data: Record<string, any>, batch_size?: number, shuffle: boolean, held_out?: number, standardise?: boolean, name?: string,
 *   schedule?: Record<string, any>, program?: string, trainable?: string[], shapes?: Record<string, number[]>, parameters?: Record<string, any>}} Draft
 * @typedef {{name: string, default: any, low: any, high: any, above?: boolean, whole?: boolean, choices?: string[], doc: Record<string, string>}} Option
 * @typedef {{name: string, title: Record<string, string>, doc: Record<string, string>, kind: string, rows: number, features: string[],
 *   classes: string[] | null, targets: string[], settings: Option[]}} Dataset
 * @typedef {{name: string, doc: Record<string, string>, latex: string, settings: Option[]}} TableRow
 * @typedef {{datasets: Dataset[], optimizers: TableRow[], initializers: TableRow[], schedules: TableRow[], limits: Record<string, number>}} Tables
 */

/** The lecture's next question after two neurons: what two neurons in a chain cannot learn. @type {Draft} */
export const FIRST = {
  inputs: 2,
  layers: [{ units: 3, activation: "tanh", bias: true }, { units: 1, activation: "sigmoid", bias: true }],
  loss: "half_mse", optimizer: { name: "sgd", learning_rate: 0.5 }, init: "xavier_uniform", seed: 0,
  data: { name: "xor" }, shuffle: false,
};

export const ACTIVATIONS = ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "gelu", "silu", "sign", "step", "softmax"];
export const LOSSES = ["half_mse", "mse", "bce", "bce_with_logits", "cross_entropy"];
export const MOST_LAYERS = 32;
export const MOST_UNITS = 4096;
const LAYERED = ["inputs", "layers"];
const PROGRAMMED = ["program", "trainable", "shapes"];

/** @param {Draft} draft @param {number} index @param {Partial<Layer>} change @returns {Draft} */
export const withLayer = (draft, index, change) =>
  ({ ...draft, layers: draft.layers.map((l, i) => (i === index ? { ...l, ...change } : l)) });

/** So many neurons; a layer keeps at least one. @param {Draft} draft @param {number} index @param {number} units */
export const sized = (draft, index, units) =>
  withLayer(draft, index, { units: Math.min(MOST_UNITS, Math.max(1, Math.trunc(units))) });

/** A hidden layer before the one that has this index now. @param {Draft} draft @param {number} index @returns {Draft} */
export function inserted(draft, index) {
  if (draft.layers.length >= MOST_LAYERS) return draft;
  const like = draft.layers[Math.max(0, index - 1)];
  const hidden = { units: 3, activation: draft.layers.length > 1 && index > 0 ? like.activation : "tanh", bias: true };
  return { ...draft, layers: [...draft.layers.slice(0, index), hidden, ...draft.layers.slice(index)] };
}

/** Without a hidden layer; the last layer, which answers, stays. @param {Draft} draft @param {number} index @returns {Draft} */
export const shallower = (draft, index) =>
  index === draft.layers.length - 1 ? draft : { ...draft, layers: draft.layers.filter((_, i) => i !== index) };

/** Another optimizer begins with its own settings and keeps the learning rate. @param {Draft} draft @param {string} name @returns {Draft} */
export const driven = (draft, name) => ({ ...draft, optimizer: { name, learning_rate: draft.optimizer.learning_rate } });

/** The initializer as a name and its settings. @param {Draft} draft @returns {Record<string, any>} */
export const initOf = ({ init }) => (typeof init === "string" ? { name: init } : init);

/** @param {Draft} draft how many numbers it learns */
export function count(draft) {
  let before = draft.inputs;
  let sum = 0;
  for (const layer of draft.layers) {
    sum += before * layer.units + (layer.bias ? layer.units : 0);
    before = layer.units;
  }
  return sum;
}

/** What the server is asked for: layers, or a program, whichever is drawn up. @param {Draft} draft @returns {Record<string, any>} */
export function requestOf(draft) {
  const idle = new Set(draft.program === undefined ? PROGRAMMED : LAYERED);
  return Object.fromEntries(Object.entries(draft).filter(([key, value]) => !idle.has(key) && value !== undefined && value !== ""));
}

/** The draft that a network on the server was made from. @param {Record<string, any>} spec @param {string | null} [name] @returns {Draft} */
export function draftOf(spec, name) {
  const { parameters, name: own, ...rest } = spec;
  const kept = parameters && Object.keys(parameters).length ? { parameters } : {};
  return /** @type {Draft} */ ({ inputs: FIRST.inputs, layers: FIRST.layers, loss: FIRST.loss, init: FIRST.init, ...rest, ...kept, ...(name ? { name } : {}) });
}

const LIKE = /** @type {Record<string, (value: any) => boolean>} */ ({
  layers: (v) => Array.isArray(v) && v.length > 0 && v.every((l) => Number.isInteger(l?.units) && typeof l.activation === "string" && typeof l.bias === "boolean"),
  optimizer: (v) => typeof v?.name === "string" && Number.isFinite(v.learning_rate),
  init: (v) => typeof (v?.name ?? v) === "string", data: (v) => v !== null && typeof v === "object" && typeof (v.name ?? v.csv ?? "") === "string",
  inputs: Number.isInteger, seed: Number.isFinite, loss: (v) => typeof v === "string",
  program: (v) => v === undefined || typeof v === "string", trainable: (v) => v === undefined || Array.isArray(v),
});

/** A draft out of an address; what it leaves out is that of the first draft. @param {any} value @returns {Draft} */
export function readDraft(value) {
  const draft = { ...FIRST, ...value };
  const wrong = Object.keys(LIKE).find((key) => !LIKE[key](draft[key]));
  if (wrong) throw new Error(`not a draft: ${wrong}`);
  return draft;
}
