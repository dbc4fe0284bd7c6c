/**
 * One element in both pictures: the cell of a matrix, and the numbers and edges of the scalar graph
 * that stand for it. A product w·x stands for its weight, as a connection does between neurons.
 */
import { indexed, nodeOf } from "./indexed.js";
import { elementId } from "./network/element.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").GraphNode} GraphNode */
/** @typedef {{nodes: Set<string>, edges: Set<number>}} Linked */

const NONE = { nodes: new Set(), edges: new Set() };

/** The element that a node of the scalar graph stands for; "" where it stands for none.
 * @param {Graph} graph @param {GraphNode | undefined} node @returns {string} */
export function elementBehind(graph, node) {
  if (!node) return "";
  if (node.element) return node.id;
  return node.op === "mul" ? weightOf(graph, node) : "";
}

/** Of a product's factors the one that is a leaf's element, and can be learnt. @param {Graph} graph @param {GraphNode} node */
function weightOf(graph, node) {
  const leaves = node.args.map((id) => nodeOf(graph, id)).filter((arg) => arg?.element && isLeaf(graph, arg));
  return (leaves.findLast((arg) => arg?.grad !== null) ?? leaves.at(-1))?.id ?? "";
}

/** @param {Graph} graph @param {GraphNode} arg */
const isLeaf = (graph, arg) => arg.op === null || (arg.op === "index" && nodeOf(graph, arg.element?.node)?.op === null);

/** The element that an edge stands for. @param {Graph} graph @param {number} index */
export function elementOfEdge(graph, index) {
  const [source, target] = [graph.edges[index]?.source, graph.edges[index]?.target].map((id) => nodeOf(graph, id));
  const product = [target, source].find((node) => node && !node.element);
  return elementBehind(graph, product) || elementBehind(graph, source) || elementBehind(graph, target);
}

/** Whether a graph has elements as nodes. @param {Graph} graph */
export const opened = (graph) => graph.nodes.some((node) => node.element);

/** @type {{graph: Graph | null, id: string, found: Linked}} */
let last = { graph: null, id: "", found: NONE };

/** What stands for an element in the scalar graph. @param {Graph} graph @param {string} id @returns {Linked} */
export function linked(graph, id) {
  if (!id) return NONE;
  if (last.graph !== graph || last.id !== id) last = { graph, id, found: find(graph, id) };
  return last.found;
}

/** @param {Graph} graph @param {string} id @returns {Linked} */
function find(graph, id) {
  const own = nodeOf(graph, id);
  if (!own?.element) return NONE;
  const nodes = new Set([id, ...graph.nodes.filter((node) => node.op === "mul" && elementBehind(graph, node) === id).map((node) => node.id)]);
  const { into } = indexed(graph);
  const edges = new Set([...nodes].flatMap((node) => into.get(node) ?? []));
  graph.edges.forEach((edge, i) => nodes.has(edge.source) && edges.add(i));
  return { nodes, edges };
}

/** The value of a whole array: its node's, or its elements put together; null where some are missing.
 * @param {Graph} graph @param {string} name @param {"value" | "grad"} key @returns {import("./types.js").Numbers | null} */
export function arrayOf(graph, name, key = "value") {
  const whole = nodeOf(graph, name);
  if (whole && !whole.element) return whole[key];
  const elements = graph.nodes.filter((node) => node.element?.node === name);
  const shape = elements.map((node) => node.element?.index ?? []).reduce((most, index) => index.map((i, axis) => Math.max(i + 1, most[axis] ?? 0)), /** @type {number[]} */ ([]));
  if (!elements.length || elements.length !== shape.reduce((a, b) => a * b, 1)) return null;
  const numbers = new Map(elements.map((node) => [String(node.element?.index), node[key]]));
  /** @type {(at: number[]) => any} */
  const build = (at) => (at.length === shape.length ? numbers.get(String(at)) ?? null : Array.from({ length: shape[at.length] }, (_, i) => build([...at, i])));
  return build([]);
}

/** The neuron that uses a cell: for a cell of W in xW the one of its column, in any other case the cell itself; null
 * where there is none. @param {Graph} graph @param {string} name @param {number[]} index @returns {{name: string, index: number[]} | null} */
export function neuronOf(graph, name, index) {
  const node = nodeOf(graph, name);
  if (node && node.op !== null && node.op !== "index") return { name, index };
  const id = elementId(name, index);
  const sum = graph.nodes.find((one) => one.element && one.args.some((arg) => nodeOf(graph, arg)?.op === "mul" && elementBehind(graph, nodeOf(graph, arg)) === id));
  if (sum?.element) return { name: sum.element.node, index: sum.element.index };
  const edge = graph.edges.find((e) => e.source === name && e.slot === 1 && nodeOf(graph, e.target)?.op === "matmul");
  const rest = graph.edges.find((e) => e.source === edge?.target && nodeOf(graph, e.target)?.op === "put");
  const target = nodeOf(graph, rest?.target ?? edge?.target);
  return target?.shape.length ? { name: target.id, index: [...target.shape.slice(1).map(() => 0), index[1] ?? 0] } : null;
}
