/** What may look different between two positions: so that a step costs the same in any graph. */
import { indexed } from "./indexed.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {{nodes: Set<string>, edges: Set<number>}} Touched */

/** The nodes and edges that the steps between two numbers of done steps change. @param {Graph} graph
 * @param {number} from @param {number} to @returns {Touched} */
export function touched(graph, from, to) {
  const { into, stepEdges, seed } = indexed(graph);
  const [first, end] = [Math.min(from, to), Math.min(Math.max(from, to), graph.steps.length)];
  /** @type {Touched} */
  const found = { nodes: new Set(), edges: new Set() };
  for (let i = first; i < end; i += 1) {
    const step = graph.steps[i];
    found.nodes.add(step.source ?? step.node);
    if (step.phase === "forward" || step.phase === "loss") for (const e of into.get(step.node) ?? []) found.edges.add(e);
    const edge = stepEdges.get(i);
    if (edge !== undefined) found.edges.add(edge);
  }
  if (first <= seed && seed < end) for (const id of unreached(graph)) found.nodes.add(id);
  return found;
}

/** The nodes whose gradient is known with the start of the backward pass: no edge brings them one.
 * @param {Graph} graph */
const unreached = (graph) => graph.nodes.filter((n) => n.grad !== null && !indexed(graph).waits.get(n.id)).map((n) => n.id);
