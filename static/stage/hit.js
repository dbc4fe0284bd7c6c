/** Which card stands at a point of the screen, and which one next to it. */

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./camera.js").View} View */

/** A card that is this near is meant, in pixels. */
const NEAR = 6;

/** The card at a point of the screen, or else the nearest one close by; "" for none.
 * @param {Scene} scene @param {View} view @param {number} px @param {number} py */
export function hit({ placed }, view, px, py) {
  const [x, y] = [(px - view.x) / view.k, (py - view.y) / view.k];
  let [found, least] = ["", NEAR / view.k];
  for (const [id, r] of placed.nodes) {
    const far = Math.hypot(Math.max(r.x - x, 0, x - r.x - r.w), Math.max(r.y - y, 0, y - r.y - r.h));
    if (far >= least) continue;
    [found, least] = [id, far];
    if (far === 0) break;
  }
  return found;
}

/** The card that a key leads to along the graph; "" where there is none. @param {Scene} scene
 * @param {string} id @param {"up" | "down" | "argument" | "use"} way */
export function beside(scene, id, way) {
  if (way === "argument") return scene.routes.find((r) => r.target === id)?.source ?? "";
  if (way === "use") return scene.routes.find((r) => r.source === id)?.target ?? "";
  const own = scene.placed.nodes.get(id);
  if (!own) return "";
  const sign = way === "up" ? -1 : 1;
  let [found, least] = ["", Infinity];
  for (const [other, r] of scene.placed.nodes) {
    const ahead = sign * (r.y - own.y);
    if (ahead <= 0 || ahead >= least || r.x > own.x + own.w || r.x + r.w < own.x) continue;
    [found, least] = [other, ahead];
  }
  return found;
}
