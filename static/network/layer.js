/** Layers of a network on the stage: each as one card, or the nodes that are in it. */

/** @typedef {import("../types.js").Graph} Graph */

/** The layer that a node is, or is in; "" where it is in none. @param {import("../types.js").GraphNode | undefined} node */
export function layerOf(node) {
  const name = node?.nodes ? node.id : node?.group ?? "";
  return /^layer\d+$/.test(name) ? name : "";
}

/** @param {string} layer */
export const numberOf = (layer) => layer.slice("layer".length);

/** A graph whose layers are named in the language of the page. @param {Graph} graph
 * @param {(key: string) => string} t @returns {Graph} */
export const called = (graph, t) => (graph.nodes.some((node) => node.nodes)
  ? { ...graph, nodes: graph.nodes.map((node) => (node.nodes ? { ...node, latex: `\\mathrm{${t("ui.layer.word")}}\\,${numberOf(node.id)}` } : node)) }
  : graph);
