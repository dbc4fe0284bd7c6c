/** Smooth edges from a card's right side to its port on the next one. */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{index: number, source: string, target: string, slot: number, stops: Point[], start: Point, end: Point, middle: Point}} Route */

/**
 * @param {import("./layout.js").Layout} placed @param {import("./layout.js").Link[]} links
 * @returns {Route[]}
 */
export function routes(placed, links) {
  const ports = new Map(links.map((l) => [l.target, 0]));
  for (const l of links) ports.set(l.target, (ports.get(l.target) ?? 0) + 1);
  /** @type {Map<string, number>} */
  const taken = new Map();
  return links.map((l) => {
    const s = /** @type {import("./layout.js").Rect} */ (placed.nodes.get(l.source));
    const t = /** @type {import("./layout.js").Rect} */ (placed.nodes.get(l.target));
    const [all, port] = [ports.get(l.target) ?? 1, (taken.get(l.target) ?? 0) + 1];
    taken.set(l.target, port);
    const start = { x: s.x + s.w, y: s.y + s.h / 2 };
    const end = { x: t.x, y: t.y + t.h * (all === 1 ? 0.5 : 0.12 + (0.76 * port) / (all + 1)) };
    const stops = [start, ...(placed.routes.get(l.index) ?? []), end];
    const half = stops.length >> 1;
    const middle = { x: (stops[half - 1].x + stops[half].x) / 2, y: (stops[half - 1].y + stops[half].y) / 2 };
    return { ...l, stops, start, end, middle };
  });
}

/** @type {WeakMap<Route, string>} */
const paths = new WeakMap();

/** An edge as SVG writes it. @param {Route} route */
export function pathOf(route) {
  const path = paths.get(route) ?? smooth(route.stops);
  paths.set(route, path);
  return path;
}

/** @param {Point[]} stops */
function smooth(stops) {
  const parts = [`M${num(stops[0].x)} ${num(stops[0].y)}`];
  for (let i = 1; i < stops.length; i += 1) {
    const [a, b] = [stops[i - 1], stops[i]];
    const pull = (b.x - a.x) / 2;
    parts.push(`C${num(a.x + pull)} ${num(a.y)} ${num(b.x - pull)} ${num(b.y)} ${num(b.x)} ${num(b.y)}`);
  }
  return parts.join("");
}

const SAMPLES = 6;

/** Points along an edge. @param {Route} route @returns {Point[]} */
export const sampled = ({ stops }) =>
  stops.slice(1).flatMap((b, i) => Array.from({ length: SAMPLES }, (_, k) => pointBetween(stops[i], b, (k + 0.5) / SAMPLES)));

/** A point of the curve between two stops. @param {Point} a @param {Point} b @param {number} t @returns {Point} */
export function pointBetween(a, b, t) {
  const ease = t * t * (3 - 2 * t);
  const along = 1.5 * t * (1 - t) + t * t * t;
  return { x: a.x + (b.x - a.x) * along, y: a.y + (b.y - a.y) * ease };
}

/** The point at a share of the way along an edge, by its stops. @param {Route} route @param {number} share */
export function pointAt({ stops }, share) {
  const legs = stops.slice(1).map((b, i) => Math.hypot(b.x - stops[i].x, b.y - stops[i].y));
  let left = share * legs.reduce((a, b) => a + b, 0);
  let leg = 0;
  while (leg < legs.length - 1 && left > legs[leg]) left -= legs[leg++];
  return pointBetween(stops[leg], stops[leg + 1], legs[leg] ? Math.min(1, left / legs[leg]) : 1);
}

/** @type {WeakMap<Route, import("./layout.js").Rect>} */
const boxes = new WeakMap();

/** The box of an edge. @param {Route} route */
export function boxOf(route) {
  const box = boxes.get(route) ?? around(route);
  boxes.set(route, box);
  return box;
}

/** @param {Route} route */
function around({ stops, start, end }) {
  let [top, bottom] = [Infinity, -Infinity];
  for (const s of stops) {
    top = Math.min(top, s.y);
    bottom = Math.max(bottom, s.y);
  }
  return { x: start.x, y: top - 1, w: end.x - start.x, h: bottom - top + 2 };
}

/** @param {number} x */
const num = (x) => Math.round(x * 10) / 10;
