/** What is looked up in a graph again and again, found once: nodes by name, steps by what they do. */

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").GraphNode} GraphNode */
/** @typedef {ReturnType<typeof written>} Indexed */

/** @type {WeakMap<Graph, Indexed>} */
const kept = new WeakMap();

/** @param {Graph} graph @returns {Indexed} */
export function indexed(graph) {
  const found = kept.get(graph) ?? written(graph);
  kept.set(graph, found);
  return found;
}

/** @param {Graph} graph @param {string | undefined} id */
export const nodeOf = (graph, id) => (id === undefined ? undefined : indexed(graph).nodes.get(id));

/** A node's symbol; where there is no such node, its id. @param {Graph} graph @param {string} id */
export const latexOfNode = (graph, id) => nodeOf(graph, id)?.latex ?? id;

/**
 * `edgeSteps`: edge → the step that walks it; `stepEdges`: the way back. By node: `valued` and
 * `updated`, the steps that compute and update it; `reached`, those that add to its gradient in
 * their order, `seeds` those among them that come over no edge; `waits`, how many edges bring it
 * one. `seed` is the first step of the backward pass.
 * @param {Graph} graph
 */
function written(graph) {
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]));
  const places = new Map(graph.nodes.map((n, i) => [n.id, i]));
  const edgeSteps = stepsByEdge(graph);
  const stepEdges = new Map([...edgeSteps].map(([edge, step]) => [step, edge]));
  const [valued, updated] = [/** @type {Map<string, number>} */ (new Map()), /** @type {Map<string, number>} */ (new Map())];
  const [reached, seeds] = [/** @type {Map<string, number[]>} */ (new Map()), /** @type {Map<string, number[]>} */ (new Map())];
  graph.steps.forEach((s, i) => {
    if (s.phase === "forward" || s.phase === "loss") valued.set(s.node, i);
    else if (s.phase === "update") updated.set(s.node, i);
    else push(reached, s.source ?? s.node, i);
    if (s.phase === "backward" && !s.source) push(seeds, s.node, i);
  });
  const seed = graph.steps.findIndex((s) => s.phase === "backward" && !s.source);
  /** @type {Map<string, number>} */
  const waits = new Map();
  for (const e of edgeSteps.keys()) waits.set(graph.edges[e].source, (waits.get(graph.edges[e].source) ?? 0) + 1);
  /** @type {Map<string, number[]>} */
  const into = new Map();
  graph.edges.forEach((e, i) => push(into, e.target, i));
  const updates = new Map(graph.updates.map((u) => [u.parameter, u]));
  return { nodes, places, edgeSteps, stepEdges, valued, updated, reached, waits, seeds, seed: seed < 0 ? Infinity : seed, into, updates };
}

/** @template T @param {Map<string, T[]>} lists @param {string} key @param {T} value */
function push(lists, key, value) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Which step walks which edge: edge number → index of the step. @param {Graph} graph */
export function stepsByEdge(graph) {
  const numbers = new Map(graph.edges.map((e, i) => [`${e.source} ${e.target} ${e.slot}`, i]));
  /** @type {Map<number, number>} */
  const out = new Map();
  graph.steps.forEach((s, i) => {
    const edge = s.source ? numbers.get(`${s.source} ${s.node} ${s.slot}`) : undefined;
    if (edge !== undefined) out.set(edge, i);
  });
  return out;
}
