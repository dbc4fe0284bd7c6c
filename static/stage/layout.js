/**
 * A layered layout, left to right, in four passes over numbers only: ranks, order within a rank,
 * heights, and gaps that fill the stage. Pure and linear in nodes × sweeps.
 *
 * Ordering by barycentres: Sugiyama, Tagawa and Toda (1981). Heights by isotonic regression (pool
 * adjacent violators): the least squares place near the neighbours that keeps order and gaps.
 */

/** @typedef {{id: string, w: number, h: number}} Box */
/** @typedef {{index: number, source: string, target: string, slot: number}} Link */
/** @typedef {{x: number, y: number, w: number, h: number}} Rect */
/** @typedef {{columns: number[], rows: number[]}} Gaps */
/** @typedef {{nodes: Map<string, Rect>, routes: Map<number, {x: number, y: number}[]>, width: number, height: number}} Layout */
/** @typedef {{key: string, box: Box | null, rank: number, w: number, h: number, up: Cell[], down: Cell[], y: number, order: number}} Cell */

const SWEEPS = 8;

/**
 * @param {Box[]} boxes  arguments before uses
 * @param {Link[]} links @param {Gaps} gaps @param {{w: number, h: number, zoom: number, least: number}} stage
 * @returns {Layout}
 */
export function layout(boxes, links, gaps, stage) {
  const { layers, chains } = layered(boxes, links);
  orderLayers(layers);
  const widths = layers.map((layer) => Math.max(0, ...layer.map((c) => c.w)));
  const solid = widths.reduce((a, b) => a + b, 0);
  const between = Math.max(1, layers.length - 1);
  const [narrow, wide] = gaps.columns;
  const tight = heights(layers, gaps.rows[0]);
  const zoom = Math.max(stage.least, Math.min(stage.zoom, stage.w / (solid + narrow * (layers.length - 1)), stage.h / tight));
  const column = clamp((stage.w / zoom - solid) / between, narrow, wide);
  const height = stretched(layers, gaps.rows, stage.h / zoom);
  return placed(layers, chains, widths, column, height);
}

/** @param {number} x @param {number} low @param {number} high */
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

/** Operations as early as they can stand, leaves beside their first use; long edges through
 * cells of no width. @param {Box[]} boxes @param {Link[]} links */
function layered(boxes, links) {
  const rank = ranks(boxes, links);
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  /** @type {Cell[][]} */
  const layers = [];
  const add = (/** @type {Cell} */ cell) => {
    (layers[cell.rank] ??= []).push(cell);
    return cell;
  };
  for (const box of reading(boxes, links)) {
    const r = rank.get(box.id) ?? 0;
    cells.set(box.id, add({ key: box.id, box, rank: r, w: box.w, h: box.h, up: [], down: [], y: 0, order: 0 }));
  }
  /** @type {Map<number, Cell[]>} */
  const chains = new Map();
  for (const link of links) {
    let from = /** @type {Cell} */ (cells.get(link.source));
    const to = /** @type {Cell} */ (cells.get(link.target));
    const chain = [];
    for (let r = from.rank + 1; r < to.rank; r += 1) {
      const dummy = add({ key: `${link.index}:${r}`, box: null, rank: r, w: 0, h: 20, up: [from], down: [], y: 0, order: 0 });
      from.down.push(dummy);
      chain.push(dummy);
      from = dummy;
    }
    from.down.push(to);
    to.up.push(from);
    chains.set(link.index, chain);
  }
  return { layers: Array.from(layers, (l) => l ?? []), chains };
}

/** @param {Box[]} boxes @param {Link[]} links */
function ranks(boxes, links) {
  /** @type {Map<string, number>} */
  const rank = new Map(boxes.map((b) => [b.id, 0]));
  const into = new Map(boxes.map((b) => [b.id, /** @type {Link[]} */ ([])]));
  for (const l of links) into.get(l.target)?.push(l);
  for (const b of boxes) {
    for (const l of into.get(b.id) ?? []) {
      rank.set(b.id, Math.max(rank.get(b.id) ?? 0, (rank.get(l.source) ?? 0) + 1));
    }
  }
  for (const b of boxes) {
    if (into.get(b.id)?.length) continue;
    const uses = links.filter((l) => l.source === b.id).map((l) => rank.get(l.target) ?? 1);
    if (uses.length) rank.set(b.id, Math.min(...uses) - 1);
  }
  return rank;
}

/** The order in which one reads the tree from the output: first arguments above second ones.
 * @param {Box[]} boxes @param {Link[]} links */
function reading(boxes, links) {
  const byId = new Map(boxes.map((b) => [b.id, b]));
  /** @type {Map<string, Link[]>} */
  const into = new Map();
  for (const l of links) into.set(l.target, [...(into.get(l.target) ?? []), l]);
  /** @type {Set<string>} */
  const seen = new Set();
  const out = [];
  for (const root of [...boxes].reverse()) {
    const stack = [root.id];
    while (stack.length) {
      const id = /** @type {string} */ (stack.pop());
      if (seen.has(id)) continue;
      seen.add(id);
      out.push(/** @type {Box} */ (byId.get(id)));
      for (const l of [...(into.get(id) ?? [])].sort((a, b) => b.slot - a.slot)) stack.push(l.source);
    }
  }
  return out;
}

/** @param {Cell[][]} layers */
function orderLayers(layers) {
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
const mean = (xs) => xs.reduce((a, b) => a + b, 0) / xs.length;

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

/** Set every cell's middle for one row gap; the height that it takes.
 * @param {Cell[][]} layers @param {number} gap */
function heights(layers, gap) {
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
function stretched(layers, rows, room) {
  let [low, high] = rows;
  for (let i = 0; i < 7; i += 1) {
    const middle = (low + high) / 2;
    if (heights(layers, middle) <= room) low = middle;
    else high = middle;
  }
  return heights(layers, low);
}

/** @param {Cell[][]} layers @param {Map<number, Cell[]>} chains @param {number[]} widths
 * @param {number} column @param {number} height @returns {Layout} */
function placed(layers, chains, widths, column, height) {
  const nodes = new Map();
  /** @type {number[]} */
  const middles = [];
  let x = 0;
  for (const [r, layer] of layers.entries()) {
    middles[r] = x + widths[r] / 2;
    for (const c of layer) {
      if (c.box) nodes.set(c.box.id, { x: middles[r] - c.w / 2, y: c.y - c.h / 2, w: c.w, h: c.h });
    }
    x += widths[r] + column;
  }
  const routes = new Map([...chains].map(([index, chain]) =>
    [index, chain.map((c) => ({ x: middles[c.rank], y: c.y }))]));
  return { nodes, routes, width: x - column, height };
}
