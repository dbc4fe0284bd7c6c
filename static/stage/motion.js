/**
 * The movement of one step: what is computed travels along its edge. It only decorates: the picture
 * is already that of the new position, so a press during a movement ends it and loses nothing.
 */
import { pointAt } from "./edges.js";

const DURATION = 620;

/** @type {Animation[]} */
let running = [];

/** End what is moving now. */
export function settle() {
  for (const animation of running) animation.finish();
  running = [];
}

/** Whether the reader asked for less movement. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * @param {Element} root @param {{routes: import("./edges.js").Route[], backwards: boolean}} journey @param {number} speed
 */
export function travel(root, journey, speed) {
  settle();
  if (still()) return;
  for (const route of journey.routes) {
    const dot = /** @type {SVGElement | null} */ (root.querySelector(`[data-traveller="${route.index}"]`));
    if (!dot || typeof dot.animate !== "function") continue;
    const frames = Array.from({ length: 25 }, (_, i) => {
      const share = journey.backwards ? 1 - i / 24 : i / 24;
      const p = pointAt(route, share);
      return { transform: `translate(${p.x}px, ${p.y}px)`, opacity: i < 23 ? 1 : 0 };
    });
    const animation = dot.animate(frames, { duration: DURATION / speed, easing: "cubic-bezier(.45,.05,.35,1)" });
    animation.onfinish = () => {
      running = running.filter((a) => a !== animation);
    };
    running.push(animation);
  }
}
