/** Which questions the steps of a graph are asked, and which of them stands at a position of the playhead. */
import { indexed, nodeOf } from "../indexed.js";
import { fadedFrom } from "./fading.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("../types.js").Scene} Scene */
/** @typedef {{kind: string, step: number, cell: number[] | null}} Question */

/** So many elements are asked for together; of more, one. */
const TOGETHER = 6;
/** Kinds in the order in which a step asks them. */
const ORDER = ["next", "shape", "value", "local", "product", "sum", "update"];

/** @param {Question} q */
export const keyOf = ({ kind, step }) => `${kind} ${step}`;

/** Whether this drawing of the graph can be asked about: whole passes, each step by itself. @param {State} s */
const askable = (s) =>
  s.graph !== null && !s.training && s.symbols !== 1 && s.graph.detail !== "layer" && s.rows !== "mean" &&
  !(s.network && s.collapse.length) && (!s.network || s.level === "operation");

/** The questions of a state, in the order of the steps. @param {State} s @param {Scene | null} scene @returns {Question[]} */
export function planned(s, scene) {
  const { graph } = s;
  if (!graph || !askable(s)) return [];
  const all = () => graph.steps.flatMap((_, i) => usual(graph, i) ?? []);
  const told = () => (scene?.ask ?? []).flatMap((text) => read(graph, text) ?? []).sort((a, b) => a.step - b.step || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const within = (/** @type {Question} */ { step }) => !scene || (step >= (scene.from ?? 0) && step < (scene.to ?? Infinity));
  switch (s.ask) {
    case "every": return all();
    case "third": return all().filter((_, i) => i % 3 === 2);
    case "backward": return all().filter(({ step }) => graph.steps[step].phase === "backward");
    // A lesson asks in its beats: without them, a press is a step.
    case "lesson": return s.beats ? told() : [];
    case "fading": return fadedFrom((scene?.ask ? told() : all()).filter(within), s.asking.level);
    default: return [];
  }
}

/** The question that stands open. @param {State} s @param {Scene | null} scene @returns {Question | null} */
export function due(s, scene) {
  if (s.ask === "off" || !s.graph) return null;
  const left = planned(s, scene).filter((q) => q.step === s.step && !s.asking.done.includes(keyOf(q)));
  return left.find((q) => (q.kind === "next" ? s.asking.next === s.step && s.beat === 0 : beatOf(s, q) === s.beat)) ?? null;
}

/** Whether a step has to be begun for its questions, which are then open one by one. @param {State} s @param {Scene | null} scene */
export const waiting = (s, scene) => planned(s, scene).filter((q) => q.step === s.step && !s.asking.done.includes(keyOf(q)));

/** @param {State} s @param {Question} q */
function beatOf(s, q) {
  const step = s.graph?.steps[q.step];
  return s.beats && step?.source && (q.kind === "product" || q.kind === "sum") ? 2 : 1;
}

/** What a step is asked where nobody chose: the number that it brings. @param {Graph} graph @param {number} index @returns {Question | null} */
function usual(graph, index) {
  const step = graph.steps[index];
  if (nodeOf(graph, step.node)?.nodes) return null;
  if (step.phase === "forward" || step.phase === "loss") return question(graph, "value", index);
  if (step.phase === "update") return question(graph, "update", index);
  if (!step.source) return null;
  const reached = indexed(graph).reached.get(step.source) ?? [];
  return question(graph, reached.length > 1 && reached.at(-1) === index ? "sum" : "product", index);
}

/** @param {Graph} graph @param {string} kind @param {number} step @returns {Question | null} */
function question(graph, kind, step) {
  const { node, source } = graph.steps[step];
  const of = nodeOf(graph, kind === "local" ? node : source ?? node);
  if (!of || (kind !== "next" && of.summary)) return null;
  const size = of.shape.reduce((a, b) => a * b, 1);
  const one = size > TOGETHER || of.shape.length > 2 || size === 1;
  const cell = kind === "shape" || kind === "next" || !of.shape.length || !one ? null : of.shape.map((n) => (size === 1 ? 0 : step % n));
  return { kind, step, cell };
}

/** A question of a lesson, such as “value q”, “local s2/w2”, “sum x” or “next q”. @param {Graph} graph @param {string} text */
function read(graph, text) {
  const [kind, place] = text.split(" ");
  const [node, source] = place.split("/");
  const { valued, updated, reached } = indexed(graph);
  const at = source ? graph.steps.findIndex((s) => s.source === source && s.node === node)
    : kind === "sum" ? reached.get(node)?.at(-1) ?? -1 : kind === "update" ? updated.get(node) ?? -1 : valued.get(node) ?? -1;
  return at < 0 ? null : question(graph, kind, at);
}
