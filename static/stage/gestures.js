/** Pan by dragging, zoom by wheel or pinch, and on a phone step by swiping. */
import { zoomAt } from "./camera.js";

/** @typedef {import("./camera.js").View} View */
const SWIPE = 60;

/**
 * @param {HTMLElement} root
 * @param {{view: () => View | null, set: (view: View) => void, swipe: (direction: number) => void}} camera
 */
export function attachCamera(root, camera) {
  /** @type {{x: number, y: number, view: View} | null} */
  let grip = null;
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
    grip = { x: e.clientX, y: e.clientY, view: { x: view.x, y: view.y, k: view.k } };
  });
  root.addEventListener("pointermove", (e) => {
    if (!grip || e.pointerType === "touch" || e.buttons === 0) return;
    const [dx, dy] = [e.clientX - grip.x, e.clientY - grip.y];
    if (Math.hypot(dx, dy) > 4) camera.set({ ...grip.view, x: grip.view.x + dx, y: grip.view.y + dy });
  });
  root.addEventListener("pointerup", (e) => {
    if (grip && e.pointerType === "touch") {
      const dx = e.clientX - grip.x;
      if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(e.clientY - grip.y)) camera.swipe(dx < 0 ? 1 : -1);
    }
    grip = null;
  });
  root.addEventListener("pointercancel", () => { grip = null; });
}
