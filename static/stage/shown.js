/** What all cards of a scene have in common: this graph's numbers, how they are shown, and which a step reads. */
import { number } from "../format.js";
import { latexOfNode, nodeOf } from "../indexed.js";
import { plain } from "../names.js";
import { scaleOf } from "./level.js";

/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {import("./scene.js").Scene} Scene */

/** @type {WeakMap<import("../types.js").Graph, {scene: Scene, cards: Map<string, import("./describe.js").Card>}>} */
const dealt = new WeakMap();

/** The scene's cards by name, with the numbers of this graph, which may have come later. @param {Scene} scene
 * @param {import("../types.js").Graph} graph */
export function cardsOf(scene, graph) {
  const known = dealt.get(graph);
  if (known?.scene === scene) return known.cards;
  const cards = new Map(scene.description.cards.map((c) => [c.id, { ...c, node: nodeOf(graph, c.id) ?? c.node }]));
  dealt.set(graph, { scene, cards });
  return cards;
}

/** @type {{key: any[], style: import("./face.js").Style | null}} */
const worn = { key: [], style: null };

/** How this graph's numbers are shown: the same object until that changes. @param {import("./metrics.js").Metrics} m
 * @param {import("./level.js").Level} level @param {Scope} scope @param {import("./label.js").Manner["t"]} t @returns {import("./face.js").Style} */
export function styleOf(m, level, { graph, digits, lang, numbers }, t) {
  const key = [graph, m, level, digits, lang, numbers];
  if (worn.style && key.every((x, i) => x === worn.key[i])) return worn.style;
  const literal = (/** @type {string} */ id) => number(/** @type {any} */ (nodeOf(graph, id)?.value ?? null), null, lang).text;
  const style = { m, level, scale: scaleOf(graph), digits, lang, numbers, output: plain(latexOfNode(graph, graph.output)), t, literal };
  Object.assign(worn, { key, style });
  return style;
}

/** The nodes whose forward values the local derivative of this step reads. @param {Scope} scope @returns {Set<string>} */
export function readBy({ frame }) {
  if (!frame?.edge || (frame.begun && frame.beat < 2)) return new Set();
  return new Set([...frame.edge.template.matchAll(/«(?:rel:)?\w+:([^«»!+]*)[!+]?»/g)].map((m) => m[1]));
}
