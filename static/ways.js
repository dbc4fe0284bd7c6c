/** The ways from the output down to a leaf, edge by edge, found where a pass is too long for its answer to name them. */
import { indexed } from "./indexed.js";
import { inParts } from "./words.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {{paths: number[][], more: boolean}} Ways */

const MOST = 4;

/** @type {WeakMap<Graph, Map<string, Ways>>} */
const kept = new WeakMap();
/** @type {WeakMap<Graph, string[]>} */
const lower = new WeakMap();

/** The leaves that some way leads to. @param {Graph} graph @returns {string[]} */
export function leavesOf(graph) {
  const found = lower.get(graph) ?? (inParts(graph) ? below(graph) : []);
  lower.set(graph, found);
  return found;
}

/** @param {Graph} graph @param {string} leaf @returns {Ways} */
export function waysTo(graph, leaf) {
  const known = kept.get(graph) ?? new Map();
  kept.set(graph, known);
  if (!known.has(leaf)) known.set(leaf, found(graph, leaf));
  return known.get(leaf);
}

/** The edges into a node that carry a gradient: those that a step walks back. @param {Graph} graph @param {string} id */
function carrying(graph, id) {
  const { into, edgeSteps } = indexed(graph);
  return (into.get(id) ?? []).filter((e) => edgeSteps.has(e));
}

/** @param {Graph} graph */
function below(graph) {
  const met = new Set([graph.output]);
  for (const { id } of graph.nodes.toReversed()) if (met.has(id)) for (const e of carrying(graph, id)) met.add(graph.edges[e].source);
  return graph.nodes.filter((n) => n.op === null && n.id !== graph.output && met.has(n.id)).map((n) => n.id);
}

/** The first ways; only nodes that lead to the leaf are entered. @param {Graph} graph @param {string} leaf @returns {Ways} */
function found(graph, leaf) {
  const above = new Set([leaf]);
  for (const { id } of graph.nodes) if (carrying(graph, id).some((e) => above.has(graph.edges[e].source))) above.add(id);
  /** @type {number[][]} */
  const paths = [];
  /** @type {{id: string, edge: number, from: any}[]}  each knows from which it was entered */
  const stack = above.has(graph.output) ? [{ id: graph.output, edge: -1, from: null }] : [];
  while (stack.length && paths.length <= MOST) {
    const at = /** @type {(typeof stack)[number]} */ (stack.pop());
    if (at.id === leaf) paths.push(walked(at));
    else for (const edge of carrying(graph, at.id).reverse()) if (above.has(graph.edges[edge].source)) stack.push({ id: graph.edges[edge].source, edge, from: at });
  }
  return { paths: paths.slice(0, MOST), more: paths.length > MOST };
}

/** @param {{edge: number, from: any}} at */
function walked(at) {
  const path = [];
  for (let here = at; here.from; here = here.from) path.push(here.edge);
  return path.reverse();
}
