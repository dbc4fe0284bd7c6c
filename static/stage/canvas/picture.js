/** What a canvas is to show: everything that it is painted from, and the pure steps towards it. */
import { indexed } from "../../indexed.js";
import { boxOf } from "../edges.js";
import { overlap } from "../place.js";
import { edgeState } from "../passing.js";
import { faceOf } from "../face.js";

/** @typedef {import("../describe.js").Card} Card */
/** @typedef {import("../scene.js").Scene} Scene */
/**
 * @typedef {{scene: Scene, graph: import("../../types.js").Graph, frame: import("../../player.js").Frame, step: number,
 *   cards: Map<string, Card>, style: import("../face.js").Style, view: import("../camera.js").View, room: import("../scene.js").Room,
 *   phase: string, active: string[], lit: number[], kept: Set<string>, pointed: string[], selected: string, hovered: string,
 *   stale: boolean, theme: string, hurried: boolean, speed: number}} Picture
 */

/** A card with its face; without regard to whether it takes part in the active step. @param {Picture} p @param {string} id
 * @returns {import("./paint.js").Shown | null} */
export function shownOf(p, id) {
  const card = p.cards.get(id);
  const at = p.scene.placed.nodes.get(id);
  const frame = p.frame.nodes.get(id);
  if (!card || !at || !frame) return null;
  const update = indexed(p.graph).updates.get(id) ?? null;
  return { card, at, frame, face: faceOf(card, at, frame, update, p.style), stale: p.stale && card.node.op !== null };
}

/** No edge is drawn as lit on the lower layer. */
const NONE = new Set();

/** @param {import("../edges.js").Route} route @param {Picture} p */
export const passing = (route, p) => edgeState(route, p.frame, NONE);

/** Those of the cards and edges that are in sight. @param {Picture} p @param {import("../layout.js").Rect} seen
 * @param {Iterable<string>} ids @param {import("../edges.js").Route[]} routes */
export function inSight(p, seen, ids, routes) {
  const visible = (/** @type {string} */ id) => {
    const at = p.scene.placed.nodes.get(id);
    return at !== undefined && overlap(at, seen) > 0;
  };
  return { ids: [...ids].filter(visible), routes: routes.filter((r) => overlap(boxOf(r), seen)) };
}
