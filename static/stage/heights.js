/** The height of each card: near its neighbours, in order, with a gap. */
import { SWEEPS, mean } from "./order.js";

/** @typedef {import("./layout.js").Cell} Cell */

/** Set every cell's middle for one row gap; the height that it takes.
 * @param {Cell[][]} layers @param {number} gap */
export function heights(layers, gap) {
  for (const layer of layers) {
    let y = 0;
    for (const c of layer) {
      c.y = y + c.h / 2;
      y += c.h + gap;
    }
  }
  for (let sweep = 0; sweep < 3 * SWEEPS; sweep += 1) {
    const walk = sweep % 2 ? layers : [...layers].reverse();
    for (const layer of walk) {
      spread(layer, layer.map((c) => {
        const near = sweep < 2 * SWEEPS ? (sweep % 2 ? c.up : c.down) : [...c.up, ...c.down];
        return near.length ? mean(near.map((n) => n.y)) : c.y;
      }), gap);
    }
  }
  const all = layers.flat();
  const top = Math.min(...all.map((c) => c.y - c.h / 2));
  for (const c of all) c.y -= top;
  return Math.max(...all.map((c) => c.y + c.h / 2));
}

/** Pool adjacent violators. @param {Cell[]} layer @param {number[]} wanted @param {number} gap */
function spread(layer, wanted, gap) {
  let offset = 0;
  /** @type {{sum: number, n: number}[]} */
  const blocks = [];
  const offsets = layer.map((c, i) => {
    if (i) offset += (layer[i - 1].h + c.h) / 2 + gap;
    return offset;
  });
  layer.forEach((_, i) => {
    let block = { sum: wanted[i] - offsets[i], n: 1 };
    let last = blocks.at(-1);
    while (last && last.sum / last.n > block.sum / block.n) {
      block = { sum: block.sum + last.sum, n: block.n + last.n };
      blocks.pop();
      last = blocks.at(-1);
    }
    blocks.push(block);
  });
  let i = 0;
  for (const block of blocks) {
    for (let k = 0; k < block.n; k += 1, i += 1) layer[i].y = block.sum / block.n + offsets[i];
  }
}

/** The widest row gap that still fits. @param {Cell[][]} layers @param {number[]} rows
 * @param {number} room */
export function stretched(layers, rows, room) {
  let [low, high] = rows;
  for (let i = 0; i < 7; i += 1) {
    const middle = (low + high) / 2;
    if (heights(layers, middle) <= room) low = middle;
    else high = middle;
  }
  return heights(layers, low);
}
