/** Which element the pointer or the focus is on: a cell of a card, a number of the scalar graph, or an edge of it. */
import { nodeOf } from "../indexed.js";
import { elementBehind, elementOfEdge } from "../linked.js";
import { elementId } from "../network/element.js";

/** @typedef {import("../types.js").Graph} Graph */

/** @param {Graph} graph @param {EventTarget | null} target @returns {string} */
export function elementAt(graph, target) {
  if (!(target instanceof Element)) return "";
  const edge = target.closest("[data-reach]");
  if (edge instanceof SVGElement) return elementOfEdge(graph, Number(edge.dataset.reach));
  const card = /** @type {SVGElement | null} */ (target.closest("[data-node]"));
  const node = card ? nodeOf(graph, card.dataset.node) : undefined;
  return elementBehind(graph, node) || (card && node && target.matches(".grid .cell") ? cellAt(card, node, target) : "");
}

/** The grids of a card, its value and its gradient, have the same cells. @param {Element} card
 * @param {import("../types.js").GraphNode} node @param {Element} cell */
function cellAt(card, node, cell) {
  const at = [...card.querySelectorAll(".grid .cell")].indexOf(cell);
  const columns = node.shape.at(-1) ?? 1;
  const flat = at % node.shape.reduce((a, b) => a * b, 1);
  return elementId(node.id, node.shape.length < 2 ? [flat] : [...node.shape.slice(2).map(() => 0), Math.floor(flat / columns), flat % columns]);
}
