/** The network that is being drawn up: a request for the server, changed by small pure steps. */

/**
 * @typedef {{units: number, activation: string, bias: boolean}} Layer
 * @typedef {{inputs: number, layers: Layer[], loss: string, optimizer: Record<string, any>, init: any, seed: number,
 *   data: Record<string, any>, batch_size?: number, shuffle: boolean, held_out?: number, standardise?: boolean, name?: string}} Draft
 * @typedef {{name: string, default: any, low: any, high: any, choices?: string[], doc: Record<string, string>}} Option
 * @typedef {{name: string, title: Record<string, string>, doc: Record<string, string>, kind: string, features: string[],
 *   classes: string[] | null, targets: string[], settings: Option[]}} Dataset
 * @typedef {{name: string, doc: Record<string, string>, settings: Option[]}} OptimizerRow
 */

/** The lecture's next question after two neurons: what two neurons in a chain cannot learn. @type {Draft} */
export const FIRST = {
  inputs: 2,
  layers: [{ units: 3, activation: "tanh", bias: true }, { units: 1, activation: "sigmoid", bias: true }],
  loss: "half_mse", optimizer: { name: "sgd", learning_rate: 0.5 }, init: "xavier_uniform", seed: 0,
  data: { name: "xor" }, shuffle: false,
};

export const ACTIVATIONS = ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "gelu", "silu", "sign", "step"];
export const LOSSES = ["half_mse", "mse", "bce", "bce_with_logits", "cross_entropy"];
export const INITS = ["zeros", "constant", "uniform", "normal", "xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal"];
const MOST_LAYERS = 8;
const MOST_UNITS = 64;

/** @param {Draft} draft @param {number} index @param {Partial<Layer>} change @returns {Draft} */
export const withLayer = (draft, index, change) =>
  ({ ...draft, layers: draft.layers.map((l, i) => (i === index ? { ...l, ...change } : l)) });

/** One neuron more or less; a layer keeps at least one. @param {Draft} draft @param {number} index @param {number} by */
export const resized = (draft, index, by) =>
  withLayer(draft, index, { units: Math.min(MOST_UNITS, Math.max(1, draft.layers[index].units + by)) });

/** A hidden layer before the last one. @param {Draft} draft @returns {Draft} */
export function deepened(draft) {
  if (draft.layers.length >= MOST_LAYERS) return draft;
  const hidden = { units: 3, activation: draft.layers[0]?.activation === "linear" ? "tanh" : draft.layers[0].activation, bias: true };
  return { ...draft, layers: [...draft.layers.slice(0, -1), hidden, ...draft.layers.slice(-1)] };
}

/** Without a hidden layer; the last layer, which answers, stays. @param {Draft} draft @param {number} index @returns {Draft} */
export const shallower = (draft, index) =>
  index === draft.layers.length - 1 ? draft : { ...draft, layers: draft.layers.filter((_, i) => i !== index) };

/** Another data set, with the ends of the network and the loss that it needs. @param {Draft} draft @param {Dataset} set @returns {Draft} */
export function fed(draft, set) {
  const classes = set.classes?.length ?? 0;
  const answers = classes > 2 ? classes : classes === 2 ? 1 : Math.max(1, set.targets.length);
  const activation = classes === 2 ? "sigmoid" : "linear";
  const loss = classes > 2 ? "cross_entropy" : classes === 2 ? (draft.loss === "bce" ? "bce" : "half_mse") : "mse";
  const last = { units: answers, activation, bias: true };
  return { ...draft, inputs: set.features.length, layers: [...draft.layers.slice(0, -1), last], loss, data: { name: set.name }, batch_size: undefined };
}

/** Another optimizer begins with its own settings and keeps the learning rate. @param {Draft} draft @param {string} name @returns {Draft} */
export const driven = (draft, name) => ({ ...draft, optimizer: { name, learning_rate: draft.optimizer.learning_rate } });

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
