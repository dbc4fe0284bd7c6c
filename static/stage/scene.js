/** The picture's plan: cards placed and edges routed, kept until what they rest on changes. */
import { fit, frameBox } from "./camera.js";
import { describe } from "./describe.js";
import { routes } from "./edges.js";
import { layout } from "./layout.js";
import { METRICS } from "./metrics.js";

/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {{w: number, h: number, look: keyof typeof METRICS}} Room */
/** @typedef {ReturnType<typeof compose>} Scene */

/** @type {{key: string, scene: Scene | null}} */
const kept = { key: "", scene: null };

/** What the layout rests on: names, shapes and roles, never numbers. @param {import("../types.js").Graph} graph
 * @param {Room} room */
const restsOn = (graph, room) =>
  JSON.stringify([room, graph.nodes.map((n) => [n.id, n.latex, n.sign, n.shape, n.grad === null, n.folded]), graph.edges.map((e) => [e.source, e.target])]);

/** @param {import("../types.js").Graph} graph @param {Room} room */
function compose(graph, room) {
  const m = METRICS[room.look];
  const description = describe(graph, m);
  const strip = room.look === "projector" ? 0 : m.chip * 1.35 + m.caption * 1.35 + m.pad + 22;
  const usable = { w: room.w - 2 * m.margin, h: room.h - 2 * m.margin - strip * m.minZoom, zoom: m.maxZoom, least: m.minZoom };
  const placed = layout(description.cards, description.links, m, usable);
  const world = { x: 0, y: -strip, w: placed.width, h: placed.height + strip };
  return { m, description, placed, world, routes: routes(placed, description.links), rects: [...placed.nodes.values()] };
}

/** @param {import("../types.js").Graph} graph @param {Room} room */
export function composed(graph, room) {
  const key = restsOn(graph, room);
  if (kept.key !== key || !kept.scene) Object.assign(kept, { key, scene: compose(graph, room) });
  return /** @type {Scene} */ (kept.scene);
}

/** The view that frames everything, or where that would be too small the active cards.
 * @param {Scene} scene @param {Room} room @param {Scope} scope @param {import("./camera.js").View | null} own */
export function viewOf(scene, room, scope, own) {
  if (own) return { ...own, fits: true };
  const whole = fit(scene.world, room, scene.m);
  if (whole.fits) return whole;
  const active = activeRects(scene, scope);
  if (!active.length) active.push(scene.rects[0]);
  const x = Math.min(...active.map((r) => r.x));
  const top = Math.min(...active.map((r) => r.y));
  const bottom = Math.max(...active.map((r) => r.y + r.h));
  const spare = room.h / scene.m.minZoom - (bottom - top) - 2 * scene.m.margin;
  const y = top - Math.min(60, Math.max(0, spare));
  const box = { x, y, w: Math.max(...active.map((r) => r.x + r.w)) - x, h: bottom - y };
  return { ...frameBox(box, scene.world, room, scene.m.minZoom, scene.m.margin), fits: false };
}

/** @param {Scene} scene @param {Scope} scope */
export function activeRects(scene, scope) {
  const step = scope.frame?.step;
  if (!step) return [];
  const ids = step.source ? [step.source, step.node] : [step.node];
  return ids.map((id) => scene.placed.nodes.get(id)).filter((r) => r !== undefined);
}
