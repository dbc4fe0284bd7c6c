/** What a point of a canvas is on: a card or, next to none, an edge; and the element that either stands for. */
import { nodeOf } from "../indexed.js";
import { elementBehind, elementOfEdge, opened } from "../linked.js";
import { elementId } from "../network/element.js";
import { cellSize } from "./describe.js";
import { boxOf, pointBetween } from "./edges.js";
import { hit } from "./hit.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./edges.js").Route} Route */
/** @typedef {import("./edges.js").Point} Point */
/** @typedef {{card: string, element: string}} Aimed */

/** An edge that is this near is meant, in pixels. */
const NEAR = 7;
/** Between two stops an edge is as good as so many straight pieces. */
const PIECES = 16;

/** @param {Scene} scene @param {import("../types.js").Graph} graph @param {import("./camera.js").View} view
 * @param {number} px @param {number} py @param {boolean} legible  whether cards show cells @returns {Aimed} */
export function aimedAt(scene, graph, view, px, py, legible) {
  const card = hit(scene, view, px, py);
  const at = { x: (px - view.x) / view.k, y: (py - view.y) / view.k };
  if (card) return { card, element: elementBehind(graph, nodeOf(graph, card)) || (legible ? cellAt(scene, card, at) : "") };
  const edge = opened(graph) ? edgeAt(scene.routes, at, NEAR / view.k) : null;
  return { card: "", element: edge ? elementOfEdge(graph, edge.index) : "" };
}

/** The cell of a whole matrix, in its value or its gradient. @param {Scene} scene @param {string} id @param {Point} at */
function cellAt({ description, placed, m }, id, at) {
  const card = description.cards.find((c) => c.id === id);
  const rect = placed.nodes.get(id);
  if (!card || !rect || !["grid", "heat"].includes(card.look)) return "";
  const [w, h] = cellSize(card.look, m);
  const top = m.line * 1.4;
  const down = at.y - rect.y - top;
  const below = down - card.rows * h - m.pad * 0.7;
  const i = Math.floor((below >= 0 ? below : down) / h);
  const j = Math.floor((at.x - rect.x - (rect.w - card.columns * w) / 2) / w);
  if (i < 0 || j < 0 || i >= card.rows || j >= card.columns) return "";
  return elementId(id, card.node.shape.length === 2 ? [i, j] : [j]);
}

/** The nearest edge; null where none is near. @param {Route[]} routes @param {Point} at @param {number} near  in units of the world
 * @returns {Route | null} */
export function edgeAt(routes, at, near) {
  let [found, least] = [/** @type {Route | null} */ (null), near];
  for (const route of routes) {
    const box = boxOf(route);
    if (at.x < box.x - near || at.x > box.x + box.w + near || at.y < box.y - near || at.y > box.y + box.h + near) continue;
    const far = distance(route, at);
    if (far <= least) [found, least] = [route, far];
  }
  return found;
}

/** @param {Route} route @param {Point} at */
function distance({ stops }, at) {
  let [least, from] = [Infinity, stops[0]];
  for (let i = 1; i < stops.length; i += 1) {
    for (let k = 1; k <= PIECES; k += 1) {
      const to = pointBetween(stops[i - 1], stops[i], k / PIECES);
      least = Math.min(least, apart(at, from, to));
      from = to;
    }
  }
  return least;
}

/** How far a point is from a straight piece. @param {Point} p @param {Point} a @param {Point} b */
function apart(p, a, b) {
  const [x, y] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * x + (p.y - a.y) * y) / (x * x + y * y || 1)));
  return Math.hypot(p.x - a.x - t * x, p.y - a.y - t * y);
}
