import { html, svg } from "../vendor/lit-html/lit-html.js";
import { overlap } from "./place.js";
import { activeRects } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Room} Room */
/** @typedef {import("../formula.js").Scope} Scope */

/** Where the camera is, when it cannot show everything. @param {Scene} scene
 * @param {Room} room @param {import("./camera.js").View} view @param {Scope} scope
 * @param {import("./layout.js").Rect} [chip]  the numbers of the active step */
export function thumbnail(scene, room, view, scope, chip) {
  const { world } = scene;
  const active = new Set(activeRects(scene, scope));
  const w = room.look === "phone" ? 80 : 150;
  const corner = freeCorner({ w: w + 20, h: (w * world.h) / world.w + 20 }, [...active, ...(chip ? [chip] : [])], room, view);
  return html`<svg class="thumbnail ${corner}" width=${w} height=${(w * world.h) / world.w} viewBox=${`${world.x - 20} ${world.y - 20} ${world.w + 40} ${world.h + 40}`} aria-hidden="true">
    ${scene.routes.map((r) => svg`<path class="edge" d=${r.path}></path>`)}
    ${scene.rects.map((r) => svg`<rect class=${active.has(r) ? "now" : ""} x=${r.x} y=${r.y} width=${r.w} height=${r.h} rx="14"></rect>`)}
    <rect class="window" x=${-view.x / view.k} y=${-view.y / view.k} width=${room.w / view.k} height=${room.h / view.k} rx="10"></rect></svg>`;
}

/** The corner that hides least of what is active. @param {{w: number, h: number}} size
 * @param {import("./layout.js").Rect[]} active @param {Room} room @param {import("./camera.js").View} view */
function freeCorner(size, active, room, view) {
  const corners = [["left", "bottom"], ["right", "bottom"], ["right", "top"], ["left", "top"]];
  const hidden = corners.map(([side, end]) => {
    const at = { x: side === "left" ? 0 : room.w - size.w, y: end === "top" ? 0 : room.h - size.h, ...size };
    const covered = active.map((r) => overlap(at, { x: r.x * view.k + view.x, y: r.y * view.k + view.y, w: r.w * view.k, h: r.h * view.k }));
    return covered.reduce((a, b) => a + b, 0);
  });
  return corners[hidden.indexOf(Math.min(...hidden))].join(" ");
}
