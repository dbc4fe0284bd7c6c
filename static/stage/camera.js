/** @typedef {{x: number, y: number, k: number}} View  screen = world · k + (x, y) */
/** @typedef {{x: number, y: number, w: number, h: number}} Rect */

/** The whole picture, centred. @param {Rect} world @param {{w: number, h: number}} stage
 * @param {{minZoom: number, maxZoom: number, margin: number}} limits @returns {View & {fits: boolean}} */
export function fit(world, stage, limits) {
  const k = Math.min(
    limits.maxZoom,
    (stage.w - 2 * limits.margin) / world.w,
    (stage.h - 2 * limits.margin) / world.h,
  );
  const fits = k >= limits.minZoom * 0.999;
  return { ...centred(world, stage, fits ? k : limits.minZoom), fits };
}

/** @param {Rect} box @param {{w: number, h: number}} stage @param {number} k @returns {View} */
export const centred = (box, stage, k) => ({
  k,
  x: stage.w / 2 - (box.x + box.w / 2) * k,
  y: stage.h / 2 - (box.y + box.h / 2) * k,
});

/** Bring a box into view without showing emptiness beyond the world's edge.
 * @param {Rect} box @param {Rect} world @param {{w: number, h: number}} stage @param {number} k @param {number} margin */
export function frameBox(box, world, stage, k, margin) {
  const view = centred(box, stage, k);
  const hold = (/** @type {number} */ at, /** @type {number} */ start, /** @type {number} */ size, /** @type {number} */ room) =>
    size * k + 2 * margin <= room
      ? room / 2 - (start + size / 2) * k
      : Math.min(margin - start * k, Math.max(room - margin - (start + size) * k, at));
  return { k, x: hold(view.x, world.x, world.w, stage.w), y: hold(view.y, world.y, world.h, stage.h) };
}

/** Cards wider than a phone are drawn smaller, by no more than what can still be read. */
const SMALLEST = 0.6;

/** The zoom at which each of some cards is seen from side to side. @param {Rect[]} cards @param {{w: number}} stage @param {number} k  the zoom that is wanted
 * @param {number} margin */
export const narrowed = (cards, stage, k, margin) =>
  Math.min(k, Math.max(SMALLEST * k, (stage.w - 2 * margin) / Math.max(1, ...cards.map((card) => card.w))));

/** The box around some. @param {Rect[]} rects @returns {Rect} */
export function around(rects) {
  const [x, y] = [Math.min(...rects.map((r) => r.x)), Math.min(...rects.map((r) => r.y))];
  return { x, y, w: Math.max(...rects.map((r) => r.x + r.w)) - x, h: Math.max(...rects.map((r) => r.y + r.h)) - y };
}

/** The part of the world that is in sight, with some more around it. @param {View} view
 * @param {{w: number, h: number}} stage @param {number} [more]  as a share of the stage @returns {Rect} */
export const sight = (view, stage, more = 0) => ({
  x: (-view.x - more * stage.w) / view.k, y: (-view.y - more * stage.h) / view.k,
  w: ((1 + 2 * more) * stage.w) / view.k, h: ((1 + 2 * more) * stage.h) / view.k,
});

/** Free space beside what is brought into sight, in pixels. */
const BESIDE = 60;

/** The view moved as little as brings a box into sight. @param {Rect} box @param {View} view @param {{w: number, h: number}} stage @returns {View} */
export function broughtIn(box, { x, y, k }, stage) {
  const shift = (/** @type {number} */ start, /** @type {number} */ size, /** @type {number} */ room) =>
    start >= 0 && start + size <= room ? 0 : start < 0 || size > room ? BESIDE - start : room - BESIDE - start - size;
  return { k, x: x + shift(box.x * k + x, box.w * k, stage.w), y: y + shift(box.y * k + y, box.h * k, stage.h) };
}

/** Zoom about a point of the screen. @param {View} view @param {number} factor @param {number} px
 * @param {number} py @returns {View} */
export function zoomAt(view, factor, px, py) {
  const k = Math.min(4, Math.max(0.01, view.k * factor));
  return { k, x: px - ((px - view.x) * k) / view.k, y: py - ((py - view.y) * k) / view.k };
}
