/** The layer above: what takes part in the active step, what has just changed, what is pointed at. */
import { pointAt } from "../edges.js";
import { paintCard } from "./paint.js";
import { shownOf } from "./picture.js";
import { traceEdge } from "./pen.js";
import { atLeast } from "./trail.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {ReturnType<typeof import("./trail.js").createTrail>} Trail */

/** @param {string} phase @param {Palette} palette */
export const accent = (phase, palette) => (phase === "backward" ? palette.bwd : phase === "update" ? palette.loc : palette.fwd);

/** @param {Pen} pen @param {Picture} p @param {Trail} trail @param {number} now @param {number} travelled  share of the way of what travels
 * @param {Palette} palette */
export function paintMoving(pen, p, trail, now, travelled, palette) {
  const colour = accent(p.phase, palette);
  trail.paint(pen, now);
  pen.strokeStyle = pen.fillStyle = colour;
  const routes = p.lit.flatMap((e) => p.scene.byEdge.get(e) ?? []);
  pen.lineWidth = atLeast(4.5, 2.5, p.view.k);
  pen.beginPath();
  for (const route of routes) traceEdge(pen, route, p.view.k);
  pen.stroke();
  for (const id of p.active) paintActive(pen, p, id, colour, palette);
  if (travelled < 1) for (const route of routes) dot(pen, p, pointAt(route, p.phase === "backward" ? 1 - travelled : travelled), colour);
  ring(pen, p, [...p.kept], palette.fwd, 3, []);
  ring(pen, p, p.pointed, palette.loc, 4, []);
  if (p.selected) ring(pen, p, [p.selected], palette.ink, 2, [2, 5]);
  if (p.hovered) ring(pen, p, [p.hovered], palette.soft, 2, []);
}

/** @param {Pen} pen @param {Picture} p @param {string} id @param {string} colour @param {Palette} palette */
function paintActive(pen, p, id, colour, palette) {
  const shown = shownOf(p, id);
  if (!shown) return;
  paintCard(pen, shown, p.style, palette);
  const { x, y, w, h } = shown.at;
  const grown = p.style.level === "numbers" ? 0 : 3 / p.view.k;
  pen.beginPath();
  pen.roundRect(x - grown, y - grown, w + 2 * grown, h + 2 * grown, 12 + grown);
  pen.lineWidth = atLeast(3.5, 2.5, p.view.k);
  pen.strokeStyle = colour;
  pen.stroke();
}

/** @param {Pen} pen @param {Picture} p @param {{x: number, y: number}} at @param {string} colour */
function dot(pen, p, at, colour) {
  pen.beginPath();
  pen.arc(at.x, at.y, atLeast(p.style.m.small / 2, 4, p.view.k), 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}

/** @param {Pen} pen @param {Picture} p @param {string[]} ids @param {string} colour @param {number} width @param {number[]} dash */
function ring(pen, p, ids, colour, width, dash) {
  const grown = atLeast(7, 5, p.view.k);
  pen.strokeStyle = colour;
  pen.lineWidth = atLeast(width, 2, p.view.k);
  pen.setLineDash(dash.map((d) => atLeast(d, d, p.view.k)));
  for (const id of ids) {
    const r = p.scene.placed.nodes.get(id);
    if (!r) continue;
    pen.beginPath();
    pen.roundRect(r.x - grown, r.y - grown, r.w + 2 * grown, r.h + 2 * grown, 12 + grown);
    pen.stroke();
  }
  pen.setLineDash([]);
}
