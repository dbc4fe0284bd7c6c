/** The same moment in another drawing of the graph, coarser or finer. */
import { indexed } from "./indexed.js";

/** @typedef {import("./types.js").Graph} Graph */

/** How many steps of `after` are done when `count` of `before` are: as far as the last step that both know.
 * @param {Graph} before @param {number} count @param {Graph} after @returns {number} */
export function sameMoment(before, count, after) {
  if (count >= before.steps.length) return after.steps.length;
  const layers = new Map([...pairs(after), ...pairs(before).map(([output, layer]) => /** @type {[string, string]} */ ([layer, output]))]);
  const renamed = (/** @type {string} */ id) => layers.get(id) ?? id;
  for (let i = count - 1; i >= 0; i -= 1) {
    const { phase, node, source } = before.steps[i];
    const at = lastOf(after, { phase, node: renamed(node), source: source && renamed(source) });
    if (at >= 0) return at + 1;
  }
  return 0;
}

/** The outputs of the layers that are drawn as one node, and these nodes. @param {Graph} graph @returns {[string, string][]} */
const pairs = (graph) => graph.nodes.flatMap((n) => (n.layer ? [[n.layer.output, n.id]] : []));

/** The step that computes, updates or seeds the same node, or brings it the same gradient. @param {Graph} graph @param {Pick<import("./types.js").Step, "phase" | "node" | "source">} step */
function lastOf(graph, { phase, node, source }) {
  const { valued, updated, seeds, nodes } = indexed(graph);
  if (phase === "update") return updated.get(node) ?? -1;
  if (phase !== "backward") return valued.get(node) ?? -1;
  if (!source) return seeds.get(node)?.[0] ?? -1;
  return nodes.has(source) ? graph.steps.findLastIndex((s) => s.phase === phase && s.source === source) : -1;
}
