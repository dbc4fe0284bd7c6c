/** The two lower layers, painted in parts so that no part takes long. */
import { paintCard } from "./paint.js";
import { traceEdge } from "./pen.js";
import { passing, shownOf } from "./picture.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("../edges.js").Route} Route */

/** So many edges in one stroke, so many cards in one part. */
const EDGES = 250;
const CARDS = 40;

/** An empty canvas of the room's size. @param {Pen} pen @param {Picture} p */
export function blank(pen, p) {
  const [w, h] = [p.room.w, p.room.h].map((x) => Math.round(x * devicePixelRatio));
  const { canvas } = pen;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  else pen.clearRect(0, 0, w, h);
  aim(pen, p);
}

/** Let the canvas count in units of the world. @param {Pen} pen @param {Picture} p */
export function aim(pen, { view }) {
  const ratio = devicePixelRatio;
  pen.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * view.x, ratio * view.y);
}

/** How an edge looks before, between and after the passes: colour, width and least width on the screen.
 * From afar the many edges step back behind the cards. @param {Palette} palette @param {boolean} far @returns {Record<string, [string, number, number]>} */
const looks = (palette, far) => ({
  "": [far ? palette.faintFar : palette.faint, 2, 0.6],
  passed: [far ? palette.passedFar : palette.passed, 2, 0.7],
  back: [far ? palette.backFar : palette.back, 2.5, 0.8],
});

/** @param {Pen} pen @param {Picture} p @param {Route[]} routes @param {Palette} palette */
export function* paintEdges(pen, p, routes, palette) {
  for (const [state, [colour, width, least]] of Object.entries(looks(palette, p.style.level === "bars"))) {
    const own = routes.filter((r) => passing(r, p) === state);
    for (let i = 0; i < own.length; i += EDGES) {
      pen.strokeStyle = colour;
      pen.lineWidth = Math.max(width, least / p.view.k);
      pen.beginPath();
      for (const route of own.slice(i, i + EDGES)) traceEdge(pen, route, p.view.k);
      pen.stroke();
      yield;
    }
  }
}

/** @param {Pen} pen @param {Picture} p @param {string[]} ids @param {Palette} palette @param {Map<string, string[]>} drawn */
export function* paintCards(pen, p, ids, palette, drawn) {
  const around = 1 / p.view.k;
  for (let i = 0; i < ids.length; i += CARDS) {
    for (const id of ids.slice(i, i + CARDS)) {
      const shown = shownOf(p, id);
      if (!shown) continue;
      const { x, y, w, h } = shown.at;
      pen.clearRect(x - around, y - around, w + 2 * around, h + 2 * around);
      drawn.set(id, paintCard(pen, shown, p.style, palette));
    }
    yield;
  }
}
