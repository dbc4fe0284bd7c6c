/** The order within a column: barycentre sweeps, keeping the one with the fewest crossings. */

/** @typedef {import("./layout.js").Cell} Cell */

export const SWEEPS = 8;

/** @param {Cell[][]} layers */
export function orderLayers(layers) {
  const number = () => layers.forEach((layer) => layer.forEach((c, i) => { c.order = i; }));
  number();
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(layers);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const side = sweep % 2 ? "up" : "down";
    const walk = sweep % 2 ? layers : [...layers].reverse();
    for (const layer of walk) {
      const at = new Map(layer.map((c) => [c, c[side].length ? mean(c[side].map((n) => n.order)) : c.order]));
      layer.sort((a, b) => (at.get(a) ?? 0) - (at.get(b) ?? 0) || a.order - b.order);
      layer.forEach((c, i) => { c.order = i; });
    }
    const now = crossings(layers);
    if (now < fewest) {
      fewest = now;
      best = layers.map((layer) => [...layer]);
    }
  }
  layers.splice(0, layers.length, ...best);
  number();
}

/** @param {number[]} xs */
export const mean = (xs) => xs.reduce((a, b) => a + b, 0) / xs.length;

/** @param {Cell[][]} layers */
function crossings(layers) {
  let count = 0;
  for (const layer of layers) {
    const pairs = layer.flatMap((c) => c.down.map((d) => [c.order, d.order]));
    if (pairs.length > 400) return 0;
    for (let i = 0; i < pairs.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        if ((pairs[i][0] - pairs[j][0]) * (pairs[i][1] - pairs[j][1]) < 0) count += 1;
      }
    }
  }
  return count;
}
