/** A place for the card: near the active edge or node, over no other card if there is one. */
import { nodeOf } from "../../indexed.js";
import { place } from "../../stage/place.js";
import { placedChip } from "../../stage/placed.js";
import { activeRects, viewOf } from "../../stage/scene.js";
import { readBy } from "../../stage/shown.js";

/** The width of the card, in pixels of the screen, by look. */
const WIDTHS = { desk: 380, projector: 620, phone: 0 };
/** How much higher it is on a wall. */
const LARGE = 1.7;
/** How far to the sides it may stand, in widths: what is asked about stays to be seen. */
const REACH = 2;

/** In pixels from the stage's corner; null where it has a place of its own, as on a telephone.
 * @param {import("../context.js").Context} c @param {number} height @returns {{x: number, y: number} | null} */
export function spotFor(c, height) {
  const { scene, scope, room, state, t } = c;
  if (!scene || !scope || !room || room.look === "phone") return null;
  const view = viewOf(scene, room, scope, state.camera);
  const active = activeRects(scene, scope);
  if (!active.length) active.push(scene.rects[0]);
  const chip = placedChip(scene, room, view, scope, readBy(scope), t)?.at;
  const size = { w: WIDTHS[room.look] / view.k, h: (height * (room.look === "projector" ? LARGE : 1)) / view.k };
  const inset = 10 / view.k;
  const bounds = { x: -view.x / view.k + inset, y: -view.y / view.k + inset, w: room.w / view.k - 2 * inset, h: room.h / view.k - 2 * inset };
  const node = state.graph && nodeOf(state.graph, scope.frame?.step?.node);
  const read = (node?.args ?? []).flatMap((id) => scene.placed.nodes.get(id) ?? []);
  // The chip holds the question itself: it weighs more than a card.
  const at = place(size, active, chip ? [chip, chip, chip, ...read] : read, scene.rects, bounds, scene.points, 18 / view.k, REACH);
  return { x: Math.round(view.x + at.x * view.k), y: Math.round(view.y + at.y * view.k) };
}
