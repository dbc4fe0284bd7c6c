/** Three canvases, one above the other: edges, cards, and what moves; and the loop that paints them. */
import { touched } from "../../touched.js";
import { still } from "../motion.js";
import { createLower } from "./lower.js";
import { accent, paintMoving } from "./moving.js";
import { paletteOf } from "./palette.js";
import { forgetWidths } from "./pen.js";
import { blank } from "./static.js";
import { createTrail } from "./trail.js";

/** @typedef {import("./picture.js").Picture} Picture */

/** Milliseconds of painting in one picture of the screen; for the first picture of a graph, more. */
const SHARE = 7;
const OPENING = 30;
/** A moved camera is painted sharp after so many milliseconds of rest. */
const REST = 90;
/** How long what is computed travels along its edge. */
const TRAVEL = 620;

/** @param {HTMLElement} root  holds the three canvases */
export function createSurface(root) {
  const canvases = [...root.querySelectorAll("canvas")];
  const lower = createLower(canvases.slice(0, 2));
  const upper = /** @type {import("./pen.js").Pen} */ (canvases[2].getContext("2d"));
  const trail = createTrail();
  let palette = paletteOf(document.documentElement);
  /** @type {Picture | null} */
  let now = null;
  let [begun, moved, asked] = [-Infinity, -Infinity, 0];

  /** @param {Picture} p */
  function show(p) {
    const before = now;
    now = p;
    root.dataset.painted = "false";
    if (before?.theme !== p.theme) palette = paletteOf(document.documentElement);
    if (before?.scene !== p.scene) open(p);
    else if (before && !sameView(before.view, p.view)) {
      lower.follow(p.view);
      trail.forget();
      moved = performance.now();
    } else if (!before || rests(before, p)) {
      if (before?.room !== p.room) trail.forget();
      lower.begin(p, palette);
    }
    if (before?.graph === p.graph && before.step !== p.step) step(before, p);
    asked ||= requestAnimationFrame(tick);
  }

  /** Another scene: nothing of the old one stays. @param {Picture} p */
  function open(p) {
    trail.forget();
    lower.clear();
    lower.begin(p, palette);
    lower.advance(p, palette, OPENING);
  }

  /** @param {Picture} before @param {Picture} p */
  function step(before, p) {
    const found = touched(p.graph, before.step, p.step);
    lower.mark(found, p.step < before.step);
    const time = performance.now();
    begun = p.step === before.step + 1 && !p.hurried && !still() ? time : -Infinity;
    if (p.hurried && !still()) leave(p, found, time);
  }

  /** @param {Picture} p @param {import("../../touched.js").Touched} found @param {number} time */
  function leave(p, found, time) {
    const rects = [...found.nodes].flatMap((id) => p.scene.placed.nodes.get(id) ?? []);
    const routes = [...found.edges].flatMap((e) => p.scene.byEdge.get(e) ?? []);
    trail.leave(p, rects, routes, time, accent(p.phase, palette));
  }

  /** @param {number} time */
  function tick(time) {
    asked = 0;
    if (!now || !root.isConnected) return;
    if (moved > -Infinity && time - moved > REST) {
      moved = -Infinity;
      lower.begin(now, palette);
    }
    if (moved === -Infinity) lower.advance(now, palette, SHARE);
    const travelled = Math.min(1, (time - begun) / (TRAVEL / now.speed));
    blank(upper, now);
    paintMoving(upper, now, trail, time, travelled, palette);
    const settled = moved === -Infinity && lower.settled();
    root.dataset.painted = String(settled);
    if (!settled || travelled < 1 || trail.seen(time)) asked ||= requestAnimationFrame(tick);
  }

  /** Paint everything anew: letters or colours have changed. */
  function again() {
    forgetWidths();
    palette = paletteOf(document.documentElement);
    if (!now || !root.isConnected) return;
    lower.begin(now, palette);
    asked ||= requestAnimationFrame(tick);
  }
  document.fonts?.addEventListener("loadingdone", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);

  return { show, /** What stands written on every painted card, tone and text in turn. */ drawn: lower.drawn };
}

/** Whether the lower canvases must be painted anew. @param {Picture} a @param {Picture} b */
const rests = (a, b) => a.graph !== b.graph || a.style !== b.style || a.stale !== b.stale || a.room !== b.room || a.theme !== b.theme;

/** @param {import("../camera.js").View} a @param {import("../camera.js").View} b */
const sameView = (a, b) => a.k === b.k && a.x === b.x && a.y === b.y;
