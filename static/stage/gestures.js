/** Pan by dragging, zoom by wheel or with two fingers, and on a phone step by swiping. */
import { zoomAt } from "./camera.js";

/** @typedef {import("./camera.js").View} View */
/** @typedef {{x: number, y: number}} Point */
const SWIPE = 60;
/** A press that moves further is no click, in pixels. */
const STILL = 4;

/**
 * @param {HTMLElement} root
 * @param {{view: () => View | null, set: (view: View) => void, swipe: (direction: number) => void}} camera
 */
export function attachCamera(root, camera) {
  /** @type {{x: number, y: number, view: View, moved: boolean} | null} */
  let grip = null;
  /** Fingers on the stage, by pointer. @type {Map<number, Point>} */
  const fingers = new Map();
  const stageOf = (/** @type {Event} */ e) => /** @type {Element} */ (e.target).closest("#stage");
  root.addEventListener("wheel", (e) => {
    const stage = stageOf(e);
    const view = camera.view();
    if (!stage || !view) return;
    e.preventDefault();
    const box = stage.getBoundingClientRect();
    camera.set(zoomAt(view, Math.exp(-e.deltaY / 500), e.clientX - box.left, e.clientY - box.top));
  }, { passive: false });
  root.addEventListener("pointerdown", (e) => {
    const view = camera.view();
    if (!stageOf(e) || !view || e.button !== 0) return;
    if (e.pointerType === "touch") fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
    grip = { x: e.clientX, y: e.clientY, view: { x: view.x, y: view.y, k: view.k }, moved: fingers.size > 1 };
  });
  root.addEventListener("pointermove", (e) => {
    if (fingers.size === 2 && fingers.has(e.pointerId)) return pinch(e);
    if (!grip || e.pointerType === "touch" || e.buttons === 0) return;
    const [dx, dy] = [e.clientX - grip.x, e.clientY - grip.y];
    grip.moved ||= Math.hypot(dx, dy) > STILL;
    if (grip.moved) camera.set({ ...grip.view, x: grip.view.x + dx, y: grip.view.y + dy });
  });
  root.addEventListener("pointerup", (e) => {
    if (grip && !grip.moved && e.pointerType === "touch") {
      const dx = e.clientX - grip.x;
      if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(e.clientY - grip.y)) camera.swipe(dx < 0 ? 1 : -1);
    }
    fingers.delete(e.pointerId);
  });
  root.addEventListener("pointercancel", (e) => {
    fingers.delete(e.pointerId);
    grip = null;
  });
  root.addEventListener("click", (e) => {
    if (grip?.moved && stageOf(e)) e.stopPropagation();
    grip = null;
  }, { capture: true });

  /** Two fingers hold two points of the picture. @param {PointerEvent} e */
  function pinch(e) {
    const stage = stageOf(e);
    const view = camera.view();
    const held = [...fingers].find(([id]) => id !== e.pointerId)?.[1];
    const before = fingers.get(e.pointerId);
    if (!stage || !view || !held || !before) return;
    const after = { x: e.clientX, y: e.clientY };
    fingers.set(e.pointerId, after);
    const box = stage.getBoundingClientRect();
    const apart = (/** @type {Point} */ p) => Math.max(1, Math.hypot(p.x - held.x, p.y - held.y));
    const middle = (/** @type {Point} */ p) => ({ x: (p.x + held.x) / 2 - box.left, y: (p.y + held.y) / 2 - box.top });
    const [from, to] = [middle(before), middle(after)];
    const zoomed = zoomAt(view, apart(after) / apart(before), from.x, from.y);
    camera.set({ ...zoomed, x: zoomed.x + to.x - from.x, y: zoomed.y + to.y - from.y });
  }
}
