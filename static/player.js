/**
 * What stands on the stage at one position of the playhead: pure, so that stepping back undoes
 * exactly. A position is (step, beat): `step` steps are done; with beat > 0 the next one has begun.
 */

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./types.js").Step} Step */
/** @typedef {{step: number, beat: number}} Position */

/** Presses that a step takes when it is shown in beats. @param {Step} step */
export const presses = (step) =>
  step.phase === "backward" ? (step.source ? 3 : 1) : 2;

/** @param {Graph} graph @param {Position} at @param {boolean} beats @returns {Position} */
export function forward(graph, at, beats) {
  if (at.step >= graph.steps.length) return { step: graph.steps.length, beat: 0 };
  const more = beats && at.beat + 1 < presses(graph.steps[at.step]);
  return more ? { step: at.step, beat: at.beat + 1 } : { step: at.step + 1, beat: 0 };
}

/** @param {Graph} graph @param {Position} at @param {boolean} beats @returns {Position} */
export function back(graph, at, beats) {
  if (at.beat > 0) return { step: at.step, beat: beats ? at.beat - 1 : 0 };
  if (at.step <= 0) return { step: 0, beat: 0 };
  const step = at.step - 1;
  return { step, beat: beats ? presses(graph.steps[step]) - 1 : 0 };
}

/** The step that the position speaks of: begun, or else the last one done; -1 at the start.
 * @param {Position} at */
export const currentIndex = (at) => (at.beat > 0 ? at.step : at.step - 1);

/**
 * @typedef {{state: "pending" | "active" | "done", hasValue: boolean, updated: boolean,
 *   grad: "none" | "pending" | "partial" | "done", total: import("./types.js").Numbers | null}} NodeFrame
 * @typedef {{index: number, step: Step | null, edge: import("./types.js").Edge | null,
 *   begun: boolean, beat: number, nodes: Map<string, NodeFrame>, done: (index: number) => boolean,
 *   edgeSteps: Map<number, number>}} Frame
 */

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

/** @param {Graph} graph @param {Position} at @returns {Frame} */
export function frame(graph, at) {
  const index = currentIndex(at);
  const step = index >= 0 ? graph.steps[index] : null;
  const done = (/** @type {number} */ i) => i < at.step;
  const edgeSteps = stepsByEdge(graph);
  const stepEdge = new Map([...edgeSteps].map(([e, s]) => [s, e]));
  const nodes = new Map(graph.nodes.map((n) => [n.id, blank(n)]));
  let seeded = false;
  /** @type {Map<string, number>} */
  const waiting = new Map();
  for (const e of edgeSteps.keys()) {
    const source = graph.edges[e].source;
    waiting.set(source, (waiting.get(source) ?? 0) + 1);
  }
  for (let i = 0; i < Math.min(at.step, graph.steps.length); i += 1) {
    const s = graph.steps[i];
    const f = nodes.get(s.source ?? s.node);
    if (!f) continue;
    if (s.phase === "forward" || s.phase === "loss") Object.assign(f, { state: "done", hasValue: true });
    else if (s.phase === "update") f.updated = true;
    else if (!s.source) { seeded = true; f.total = graph.nodes.find((n) => n.id === s.node)?.grad ?? 1; f.grad = "partial"; }
    else {
      const left = (waiting.get(s.source) ?? 1) - 1;
      waiting.set(s.source, left);
      f.total = s.total ?? graph.edges[stepEdge.get(i) ?? 0].contribution;
      f.grad = left === 0 ? "done" : "partial";
    }
  }
  for (const n of graph.nodes) {
    const f = /** @type {NodeFrame} */ (nodes.get(n.id));
    if (f.grad === "none" || !seeded || (waiting.get(n.id) ?? 0) > 0) continue;
    f.grad = "done";
    f.total = n.grad;
  }
  const edge = step && step.source ? graph.edges[stepEdge.get(index) ?? 0] : null;
  for (const id of takesPart(graph, step)) {
    const f = nodes.get(id);
    if (f) f.state = "active";
  }
  return { index, step, edge, begun: at.beat > 0, beat: at.beat, nodes, done, edgeSteps };
}

/** @param {import("./types.js").GraphNode} node @returns {NodeFrame} */
const blank = (node) => ({
  state: node.op === null ? "done" : "pending",
  hasValue: node.op === null,
  updated: false,
  grad: node.grad === null && node.summary === null ? "none" : "pending",
  total: null,
});

/** @param {Graph} graph @param {Step | null} step */
function takesPart(graph, step) {
  if (!step) return [];
  if (step.source) return [step.source, step.node];
  if (step.phase === "forward" || step.phase === "loss") {
    const node = graph.nodes.find((n) => n.id === step.node);
    return [step.node, ...(node?.args ?? [])];
  }
  return [step.node];
}
