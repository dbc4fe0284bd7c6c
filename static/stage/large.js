/** How many cards are drawn as SVG; larger graphs are drawn on a canvas. */
export const DRAWN = 400;

/** @type {WeakMap<import("../types.js").Graph, boolean>} */
const large = new WeakMap();

/** Whether a graph has more nodes than are drawn as SVG. @param {import("../types.js").Graph} graph */
export function isLarge(graph) {
  const found = large.get(graph) ?? (graph.nodes.length > DRAWN && graph.nodes.filter((n) => !n.folded).length > DRAWN);
  large.set(graph, found);
  return found;
}
