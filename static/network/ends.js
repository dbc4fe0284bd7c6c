/** The ends of a network follow from its data: how many inputs, how many outputs, and which loss suits them. */

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {{features: string[], targets: string[], classes: string[] | null}} Fed  what data offer */

/** Ends that answer each kind of data, the usual one first. */
const ENDS = {
  two: [["half_mse", "sigmoid"], ["mse", "sigmoid"], ["bce", "sigmoid"], ["bce_with_logits", "linear"]],
  many: [["cross_entropy", "linear"], ["half_mse", "softmax"], ["mse", "softmax"], ["bce", "softmax"],
    ["half_mse", "sigmoid"], ["mse", "sigmoid"], ["bce", "sigmoid"], ["bce_with_logits", "linear"]],
  number: [["mse", "linear"], ["half_mse", "linear"], ["mse", "tanh"], ["half_mse", "tanh"]],
};

/** @param {Fed} set */
export const answersOf = ({ classes, targets }) => {
  const n = classes?.length ?? 0;
  return n > 2 ? n : n === 2 ? 1 : Math.max(1, targets.length);
};

/** @param {Fed} set @returns {keyof typeof ENDS} */
const kindOf = ({ classes }) => ((classes?.length ?? 0) > 2 ? "many" : classes?.length === 2 ? "two" : "number");

/** Other data, with the ends of the network and the loss that they need; ends that suit are kept.
 * @param {Draft} draft @param {Fed} set @param {Record<string, any>} data @returns {Draft} */
export function fed(draft, set, data) {
  const units = answersOf(set);
  const ends = ENDS[kindOf(set)];
  const end = draft.layers[draft.layers.length - 1];
  const suits = end.units === units && ends.some(([loss, activation]) => loss === draft.loss && activation === end.activation);
  const [loss, activation] = suits ? [draft.loss, end.activation] : ends[0];
  const last = suits ? end : { units, activation, bias: true };
  const batch = draft.data === data || "csv" in data ? draft.batch_size : undefined;
  return { ...draft, inputs: set.features.length, layers: [...draft.layers.slice(0, -1), last], loss, data, batch_size: batch };
}

/** Whether data read anew ask for nothing else than before: then what was chosen stays.
 * @param {Draft} draft @param {Fed | null} before @param {Fed} now */
export function settled(draft, before, now) {
  const fits = draft.inputs === now.features.length && draft.layers[draft.layers.length - 1].units === answersOf(now);
  return fits && (!before?.features.length || kindOf(before) === kindOf(now));
}
