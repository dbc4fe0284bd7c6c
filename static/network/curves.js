/** The graph of each activation as a small path, to stand inside a neuron. */

/** @type {Record<string, (x: number) => number>} */
const CURVES = {
  linear: (x) => x, sigmoid: (x) => 1 / (1 + Math.exp(-2 * x)), tanh: (x) => Math.tanh(1.6 * x), relu: (x) => Math.max(0, x),
  leaky_relu: (x) => (x > 0 ? x : 0.16 * x), elu: (x) => (x > 0 ? x : Math.exp(x) - 1), softplus: (x) => Math.log1p(Math.exp(2 * x)) / 2,
  gelu: (x) => x / (1 + Math.exp(-2.4 * x)), silu: (x) => x / (1 + Math.exp(-1.8 * x)), sign: (x) => Math.sign(x), step: (x) => Number(x > 0),
  softmax: (x) => 1 / (1 + Math.exp(-2 * x)), log_softmax: (x) => -Math.log1p(Math.exp(-2 * x)), exp: (x) => Math.exp(x), log: (x) => Math.log(x + 2.2),
  sqrt: (x) => Math.sqrt(Math.max(0, x + 2)), sin: (x) => Math.sin(1.6 * x), cos: (x) => Math.cos(1.6 * x), abs: (x) => Math.abs(x),
};
const ENDS = 2;
const POINTS = 24;

/** A path of the given half size about (0, 0); empty for a function without a picture. @param {string} activation @param {number} half */
export function curve(activation, half) {
  const f = CURVES[activation];
  if (!f) return "";
  const xs = Array.from({ length: POINTS + 1 }, (_, i) => -ENDS + (2 * ENDS * i) / POINTS);
  const ys = xs.map(f);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const at = (/** @type {number} */ y) => half - (2 * half * (y - low)) / (high - low);
  return xs.map((x, i) => `${i ? "L" : "M"}${((x / ENDS) * half).toFixed(1)} ${at(ys[i]).toFixed(1)}`).join("");
}
