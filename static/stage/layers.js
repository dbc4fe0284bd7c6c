/** Which column each card stands in, and the order in which one reads them. */

/** @typedef {import("./layout.js").Box} Box */
/** @typedef {import("./layout.js").Link} Link */
/** @typedef {import("./layout.js").Cell} Cell */

/** Operations as early as they can stand, leaves beside their first use; long edges through
 * cells of no width. @param {Box[]} boxes @param {Link[]} links */
export function layered(boxes, links) {
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
