/** What stands for the element that is looked at: its cell in a whole matrix, and broad edges to point at in the scalar graph. */
import { noChange, nothing, svg } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { linked, opened } from "../linked.js";
import { elementOf } from "../network/element.js";
import { cellSize } from "./describe.js";
import { boxOf, pathOf } from "./edges.js";
import { overlap } from "./place.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../types.js").Graph} Graph */

/** The lit edges of an element, and under them those that can be pointed at. @param {Scene} scene @param {Graph} graph @param {string} id
 * @param {import("./camera.js").Rect | null} seen  null for everything */
export function linksView(scene, graph, id, seen) {
  if (!opened(graph)) return nothing;
  const { edges } = linked(graph, id);
  const near = (/** @type {import("./edges.js").Route} */ r) => !seen || overlap(boxOf(r), seen) > 0;
  return svg`${repeat(scene.routes, (r) => r, (r) => (near(r) ? guard([r], () => svg`<path class="reach" data-reach=${r.index} d=${pathOf(r)}></path>`) : noChange))}
    ${scene.routes.filter((r) => edges.has(r.index)).map((r) => svg`<path class="linked" data-linked=${r.index} d=${pathOf(r)}></path>`)}`;
}

/** What is lit, above a canvas: the edges of an element, a ring around each card that stands for it, its cell.
 * @param {Scene} scene @param {Graph} graph @param {string} id @param {{zoom: number, legible: boolean}} seen */
export function litAbove(scene, graph, id, { zoom, legible }) {
  const { nodes, edges } = linked(graph, id);
  const around = Math.max(7, 5 / zoom);
  const cards = [...nodes].flatMap((name) => scene.placed.nodes.get(name) ?? []);
  return guard([scene, graph, id, zoom], () => svg`
    ${[...edges].flatMap((e) => scene.byEdge.get(e) ?? []).map((r) => svg`<path class="linked" data-linked=${r.index} d=${pathOf(r)}></path>`)}
    ${cards.map((r) => svg`<rect class="linked" x=${r.x - around} y=${r.y - around} width=${r.w + 2 * around} height=${r.h + 2 * around} rx=${Math.min(17, r.h / 3 + around)}></rect>`)}
    ${cellMark(scene, id, legible)}`);
}

/** The cell of a whole matrix that is looked at, in its value and its gradient. @param {Scene} scene @param {string} id
 * @param {boolean} legible  whether cards show cells */
export function cellMark(scene, id, legible) {
  const { name, index } = elementOf(id);
  const [card, at] = [scene.description.cards.find((c) => c.id === name), scene.placed.nodes.get(name)];
  if (!legible || !card || !at || !index.length || !["grid", "heat"].includes(card.look)) return nothing;
  const [w, h] = cellSize(card.look, scene.m);
  const [i, j] = index.length === 1 ? [0, index[0]] : index.slice(-2);
  const left = at.x + (at.w - card.columns * w) / 2 + j * w;
  const tops = [scene.m.line * 1.4, ...(card.node.grad === null ? [] : [scene.m.line * 1.4 + card.rows * h + scene.m.pad * 0.7])];
  return tops.map((top) => svg`<rect class="cell-linked" x=${left} y=${at.y + top + i * h} width=${w} height=${h}></rect>`);
}
