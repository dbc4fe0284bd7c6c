/** The keyboard on the stage: up and down in a column, with Shift along the edges; the camera follows. */
import { beside } from "./hit.js";

/** @typedef {"up" | "down" | "argument" | "use"} Way */

/** @param {KeyboardEvent} e @returns {Way | null} */
export function wayOf(e) {
  if (e.ctrlKey || e.metaKey || e.altKey) return null;
  if (e.key === "ArrowUp" || e.key === "ArrowDown") return e.shiftKey ? null : e.key === "ArrowUp" ? "up" : "down";
  if (!e.shiftKey) return null;
  return e.key === "ArrowLeft" ? "argument" : e.key === "ArrowRight" ? "use" : null;
}

/**
 * @param {HTMLElement} root
 * @param {{scene: () => import("./scene.js").Scene | null, choose: (id: string) => void, show: (id: string) => void}} stage
 */
export function attachCursor(root, stage) {
  const idAt = (/** @type {Event} */ e) => {
    const place = /** @type {HTMLElement | null} */ (/** @type {Element} */ (e.target).closest("#stage [data-node], #stage [data-spot]"));
    return place?.dataset.node ?? place?.dataset.spot ?? "";
  };
  root.addEventListener("keydown", (e) => {
    const [id, way, scene] = [idAt(e), wayOf(e), stage.scene()];
    if (!id || !way || !scene) return;
    e.preventDefault();
    e.stopPropagation();
    const next = beside(scene, id, way);
    if (!next) return;
    stage.choose(next);
    stage.show(next);
    /** @type {HTMLElement | null} */ (root.querySelector(`#stage [data-node="${CSS.escape(next)}"]`))?.focus();
  });
  root.addEventListener("focusin", (e) => {
    const id = idAt(e);
    if (id && /** @type {Element} */ (e.target).matches(":focus-visible")) stage.show(id);
  });
}
