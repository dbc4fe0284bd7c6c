import { html, svg } from "../vendor/lit-html/lit-html.js";
import { activeRects } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Room} Room */
/** @typedef {import("../formula.js").Scope} Scope */

/** Where the camera is, when it cannot show everything. @param {Scene} scene
 * @param {Room} room @param {import("./camera.js").View} view @param {Scope} scope */
export function thumbnail(scene, room, view, scope) {
  const { world } = scene;
  const active = new Set(activeRects(scene, scope));
  const w = Math.min(150, room.w * 0.34);
  return html`<svg class="thumbnail" width=${w} height=${(w * world.h) / world.w} viewBox=${`${world.x - 20} ${world.y - 20} ${world.w + 40} ${world.h + 40}`} aria-hidden="true">
    ${scene.routes.map((r) => svg`<path class="edge" d=${r.path}></path>`)}
    ${scene.rects.map((r) => svg`<rect class=${active.has(r) ? "now" : ""} x=${r.x} y=${r.y} width=${r.w} height=${r.h} rx="14"></rect>`)}
    <rect class="window" x=${-view.x / view.k} y=${-view.y / view.k} width=${room.w / view.k} height=${room.h / view.k} rx="10"></rect></svg>`;
}
