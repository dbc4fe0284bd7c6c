/** Smooth edges from a card's right side to its port on the next one. */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{index: number, source: string, target: string, slot: number, path: string, start: Point, end: Point, middle: Point, points: Point[]}} Route */

/**
 * @param {import("./layout.js").Layout} placed @param {import("./layout.js").Link[]} links
 * @returns {Route[]}
 */
export function routes(placed, links) {
  /** @type {Map<string, import("./layout.js").Link[]>} */
  const into = new Map();
  for (const l of links) into.set(l.target, [...(into.get(l.target) ?? []), l]);
  return links.map((l) => {
    const s = /** @type {import("./layout.js").Rect} */ (placed.nodes.get(l.source));
    const t = /** @type {import("./layout.js").Rect} */ (placed.nodes.get(l.target));
    const ports = into.get(l.target) ?? [l];
    const share = (ports.indexOf(l) + 1) / (ports.length + 1);
    const start = { x: s.x + s.w, y: s.y + s.h / 2 };
    const end = { x: t.x, y: t.y + t.h * (ports.length === 1 ? 0.5 : 0.12 + 0.76 * share) };
    const stops = [start, ...(placed.routes.get(l.index) ?? []), end];
    const path = smooth(stops);
    const half = stops.length >> 1;
    const middle = { x: (stops[half - 1].x + stops[half].x) / 2, y: (stops[half - 1].y + stops[half].y) / 2 };
    return { ...l, path, start, end, middle, points: sampled(stops) };
  });
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

/** Points along an edge. @param {Point[]} stops @returns {Point[]} */
function sampled(stops) {
  return stops.slice(1).flatMap((b, i) => Array.from({ length: SAMPLES }, (_, k) => {
    const t = (k + 0.5) / SAMPLES;
    const ease = t * t * (3 - 2 * t);
    return { x: stops[i].x + (b.x - stops[i].x) * t, y: stops[i].y + (b.y - stops[i].y) * ease };
  }));
}

/** @param {number} x */
const num = (x) => x.toFixed(1);
