/**
 * What stands on the stage at one position of the playhead: pure, so that stepping back undoes
 * exactly. A position is (step, beat): `step` steps are done; with beat > 0 the next one has begun.
 */
import { indexed, nodeOf } from "./indexed.js";

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
 * @typedef {{get: (id: string) => NodeFrame | undefined, [Symbol.iterator]: () => Iterator<[string, NodeFrame]>}} NodeFrames
 * @typedef {{index: number, step: Step | null, edge: import("./types.js").Edge | null, edgeNumber: number,
 *   begun: boolean, beat: number, nodes: NodeFrames, active: Set<string>, done: (index: number) => boolean,
 *   edgeSteps: Map<number, number>}} Frame
 */

/** The last frame of each graph, and the last frame of each of its nodes: what has not changed stays
 * the same object, by which drawings know it. @type {WeakMap<Graph, {last: Frame | null, key: string, nodes: Map<string, NodeFrame>}>} */
const kept = new WeakMap();

/** Each node's frame is found when it is asked for, so that a position costs the same in any graph.
 * @param {Graph} graph @param {Position} at @returns {Frame} */
export function frame(graph, at) {
  const memory = kept.get(graph) ?? { last: null, key: "", nodes: new Map() };
  kept.set(graph, memory);
  const key = `${at.step} ${at.beat}`;
  if (!memory.last || memory.key !== key) Object.assign(memory, { key, last: framed(graph, at, memory.nodes) });
  return /** @type {Frame} */ (memory.last);
}

/** @param {Graph} graph @param {Position} at @param {Map<string, NodeFrame>} before @returns {Frame} */
function framed(graph, at, before) {
  const index = currentIndex(at);
  const step = graph.steps[index] ?? null;
  const { edgeSteps, stepEdges, nodes } = indexed(graph);
  const edgeNumber = step?.source ? stepEdges.get(index) ?? 0 : -1;
  const active = new Set(takesPart(graph, step));
  const get = (/** @type {string} */ id) => {
    const node = nodes.get(id);
    return node && remembered(before, id, nodeFrame(graph, node, at.step, active.has(id)));
  };
  const all = function* () {
    for (const id of nodes.keys()) yield /** @type {[string, NodeFrame]} */ ([id, get(id)]);
  };
  return {
    index, step, edge: edgeNumber < 0 ? null : graph.edges[edgeNumber], edgeNumber, begun: at.beat > 0, beat: at.beat,
    nodes: { get, [Symbol.iterator]: all }, active, done: (i) => i < at.step, edgeSteps,
  };
}

/** @param {Map<string, NodeFrame>} before @param {string} id @param {NodeFrame} now */
function remembered(before, id, now) {
  const then = before.get(id);
  const same = then && then.state === now.state && then.hasValue === now.hasValue && then.updated === now.updated && then.grad === now.grad && then.total === now.total;
  if (same) return then;
  before.set(id, now);
  return now;
}

/** A node when `count` steps are done. @param {Graph} graph @param {import("./types.js").GraphNode} node
 * @param {number} count @param {boolean} active @returns {NodeFrame} */
function nodeFrame(graph, node, count, active) {
  const { valued, updated } = indexed(graph);
  const before = (/** @type {number | undefined} */ at) => at !== undefined && at < count;
  const hasValue = node.op === null || before(valued.get(node.id));
  const state = active ? "active" : hasValue ? "done" : "pending";
  return { state, hasValue, updated: before(updated.get(node.id)), ...gradient(graph, node, count) };
}

/** @param {Graph} graph @param {import("./types.js").GraphNode} node @param {number} count
 * @returns {Pick<NodeFrame, "grad" | "total">} */
function gradient(graph, node, count) {
  const { reached, seeds, waits, seed, stepEdges } = indexed(graph);
  const steps = reached.get(node.id) ?? [];
  const met = lower(steps, count);
  const walked = met - lower(seeds.get(node.id) ?? [], count);
  const asked = met > 0 || node.grad !== null || node.summary !== null;
  if (!asked) return { grad: "none", total: null };
  if (seed < count && walked >= (waits.get(node.id) ?? 0)) return { grad: "done", total: node.grad };
  if (met === 0) return { grad: "pending", total: null };
  const last = graph.steps[steps[met - 1]];
  const sum = last.source ? last.total ?? graph.edges[stepEdges.get(steps[met - 1]) ?? 0].contribution : node.grad ?? 1;
  return { grad: "partial", total: sum };
}

/** How many of the rising numbers are below the limit. @param {number[]} rising @param {number} limit */
function lower(rising, limit) {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {Graph} graph @param {Step | null} step */
function takesPart(graph, step) {
  if (!step) return [];
  if (step.source) return [step.source, step.node];
  if (step.phase === "forward" || step.phase === "loss") {
    return [step.node, ...(nodeOf(graph, step.node)?.args ?? [])];
  }
  return [step.node];
}
