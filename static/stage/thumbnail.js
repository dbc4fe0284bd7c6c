import { html, svg } from "../vendor/lit-html/lit-html.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { overlap } from "./place.js";
import { activeRects, readRects } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Room} Room */
/** @typedef {import("../formula.js").Scope} Scope */

/** Where the camera is, when it cannot show everything. @param {Scene} scene
 * @param {Room} room @param {import("./camera.js").View} view @param {Scope} scope
 * @param {import("./layout.js").Rect} [chip]  the numbers of the active step */
export function thumbnail(scene, room, view, scope, chip) {
  const { world } = scene;
  const active = new Set(activeRects(scene, scope));
  const w = Math.min(room.look === "phone" ? 80 : 150, (0.3 * room.h * world.w) / world.h);
  const corner = freeCorner({ w: w + 20, h: (w * world.h) / world.w + 20 }, [...readRects(scene, scope, room, view.k), ...(chip ? [chip] : [])], room, view);
  return html`<svg class="thumbnail ${corner}" width=${w} height=${(w * world.h) / world.w} viewBox=${`${world.x - 20} ${world.y - 20} ${world.w + 40} ${world.h + 40}`} aria-hidden="true">
    ${guard([scene], () => svg`<path class="edge" d=${scene.routes.map(straight).join("")}></path><path class="cards" d=${scene.rects.map(outline).join("")}></path>`)}
    ${[...active].map((r) => rectangle(r, "now"))}
    <rect class="window" x=${-view.x / view.k} y=${-view.y / view.k} width=${room.w / view.k} height=${room.h / view.k} rx="10"></rect></svg>`;
}

/** @param {import("./edges.js").Route} route */
const straight = ({ stops }) => stops.map(({ x, y }, i) => `${i ? "L" : "M"}${Math.round(x)} ${Math.round(y)}`).join("");

/** @param {import("./layout.js").Rect} r */
const outline = ({ x, y, w, h }) => `M${x} ${y}h${w}v${h}h${-w}z`;

/** @param {import("./layout.js").Rect} r @param {string} kind */
const rectangle = (r, kind) => svg`<rect class=${kind} x=${r.x} y=${r.y} width=${r.w} height=${r.h} rx="14"></rect>`;

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
