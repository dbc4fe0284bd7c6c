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

/** The card that has the focus; "" where it is elsewhere. @param {Element | null} element */
export function cardAt(element) {
  const place = /** @type {HTMLElement | null | undefined} */ (element?.closest("#stage [data-node], #stage [data-spot]"));
  return place?.dataset.node ?? place?.dataset.spot ?? "";
}

/** On a canvas the one button stands for the chosen card. @param {string} id */
export const focusCard = (id) =>
  /** @type {HTMLElement | null} */ (document.querySelector(`#stage [data-node="${CSS.escape(id)}"], #stage .spot`))?.focus();

/**
 * @param {HTMLElement} root
 * @param {{scene: () => import("./scene.js").Scene | null, choose: (id: string) => void, show: (id: string) => void}} stage
 */
export function attachCursor(root, stage) {
  const idAt = (/** @type {Event} */ e) => cardAt(/** @type {Element} */ (e.target));
  root.addEventListener("keydown", (e) => {
    const [id, way, scene] = [idAt(e), wayOf(e), stage.scene()];
    if (!id || !way || !scene) return;
    e.preventDefault();
    e.stopPropagation();
    const next = beside(scene, id, way);
    if (!next) return;
    stage.choose(next);
    stage.show(next);
    focusCard(next);
  });
  root.addEventListener("focusin", (e) => {
    const id = idAt(e);
    if (id && /** @type {Element} */ (e.target).matches(":focus-visible")) stage.show(id);
  });
}
