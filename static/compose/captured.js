/** What the stage shows, as a scene of a lesson. */
import { MEAN } from "../network/stations.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {Record<string, string>} Texts  by language
 * @typedef {{network: Record<string, any>, rows?: number[]}} Drawn  a network that stands on the stage, as a lesson's file names it
 * @typedef {{title: Texts, text: Texts, notes: Texts, graph: import("../types.js").GraphSpec, from: number, to: number, last: number, ask: string,
 *   network?: Drawn, asks: boolean, view: {reveal: string, symbols: boolean, tab: string, select: string}}} Composed */

/** The scene, or null where numbers are missing that are too many to be sent. @param {State} s @returns {Composed | null} */
export function captured(s) {
  const { graph } = s;
  if (!graph) return null;
  const spec = s.network ? ofNetwork(graph) : ofProgram(s);
  if (!spec || s.rows === MEAN) return null;
  const network = s.network ? drawn(s, spec) : undefined;
  const select = graph.nodes.some((n) => n.id === s.select && !n.nodes) ? s.select : "";
  return {
    title: {}, text: {}, notes: {}, graph: spec, ...(network ? { network } : {}), from: Math.min(s.step, graph.steps.length - trailing(s)), to: graph.steps.length - trailing(s), last: graph.steps.length - trailing(s),
    ask: question(graph, s.step), asks: false,
    view: { reveal: s.beats ? "beats" : "whole", symbols: s.symbols > 0, tab: s.tab === "rules" ? "rules" : "ledger", select },
  };
}

/** Steps of a network's optimizer, which a program does not have. @param {State} s */
const trailing = (s) => (s.network ? s.graph?.steps.filter((step) => step.phase === "update").length ?? 0 : 0);

/** @param {State} s @returns {import("../types.js").GraphSpec} */
function ofProgram(s) {
  const read = new Set(s.program.normalize("NFKC").split(/[^\p{L}\p{N}_]+/u));
  const used = (/** @type {Record<string, any>} */ table) => Object.fromEntries(Object.entries(table).filter(([name]) => read.has(name.normalize("NFKC"))));
  const constants = s.constants.filter((name) => read.has(name));
  return {
    program: s.program, values: used(s.values),
    ...(constants.length ? { constants } : {}),
    ...(Object.keys(used(s.labels)).length ? { labels: used(s.labels) } : {}),
    ...(s.update.length ? { update: { learning_rate: s.rate, parameters: s.update } } : {}),
    ...(s.detail === "scalar" ? { detail: "scalar" } : {}),
    ...(s.detail !== "scalar" && s.expand.length ? { expand: s.expand } : {}),
  };
}

/** The network with the numbers of this pass to begin with: wherever it is read, it looks as it does here.
 * @param {State} s @param {import("../types.js").GraphSpec} pass @returns {Drawn | undefined} */
function drawn({ net, graph, rows }, { values }) {
  if (!net || !graph) return undefined;
  const { name: _, schedule: _schedule, parameters, ...spec } = net.spec;
  const learnt = graph.nodes.filter((n) => n.kind === "parameter").map((n) => [n.id, values[n.id]]);
  const rate = graph.updates[0]?.terms?.find((term) => term.name === "learning_rate")?.value ?? net.learning_rate;
  const same = !rows && net.batch.of === 1 && !spec.shuffle;
  return {
    ...(same || !graph.rows ? {} : { rows: graph.rows }),
    network: { ...spec, optimizer: { ...spec.optimizer, learning_rate: rate }, parameters: { ...parameters, ...Object.fromEntries(learnt) } },
  };
}

/** The pass of a network as a program with its numbers: it is drawn whole, without its optimizer. @param {Graph} graph */
function ofNetwork(graph) {
  const leaves = graph.nodes.filter((n) => n.op === null && !n.folded && !n.element);
  if (graph.detail !== "tensor" || graph.nodes.some((n) => n.nodes) || leaves.some((n) => n.value === null)) return null;
  return {
    program: graph.program,
    values: Object.fromEntries(leaves.filter((n) => !n.id.startsWith("%")).map((n) => [n.id, /** @type {import("../types.js").Numbers} */ (n.value)])),
    constants: leaves.filter((n) => n.kind === "input" || n.kind === "target").map((n) => n.id),
  };
}

/** What can be asked of the first step from here on that brings a number. @param {Graph} graph @param {number} from */
function question(graph, from) {
  for (const step of graph.steps.slice(from)) {
    const node = graph.nodes.find((n) => n.id === (step.source ?? step.node));
    if (!node || node.summary || node.nodes || `${step.node}${step.source ?? ""}`.includes("%")) continue;
    if (step.phase === "forward" || step.phase === "loss") return `value ${step.node}`;
    if (step.phase === "update") return `update ${step.node}`;
    if (step.source) return `product ${step.node}/${step.source}`;
  }
  return "";
}
