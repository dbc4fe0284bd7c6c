/** While a comparison, a sweep or a landscape stands in place of the stage, keys move nothing that is not seen; over a landscape they go by iterations. */

import { sweeping } from "../sweep/swept.js";

/** @typedef {import("../keys.js").KeyActions} KeyActions */

/** Keys of the playhead, of the camera, and of what is drawn up. @type {(keyof KeyActions)[]} */
const OF_STAGE = ["forward", "back", "play", "start", "end", "closer", "further", "whole", "finer", "coarser", "stationOn", "stationBack"];

/**
 * @param {KeyActions} deeds @param {() => Pick<import("../state.js").State, "compare" | "landscape" | "vary" | "sweep" | "at" | "net">} get
 * @param {{stepOn: (phase: "iteration") => unknown, scrub: (at: number) => unknown}} walk @returns {KeyActions}
 */
export function inSight(deeds, get, walk) {
  /** @type {Partial<KeyActions>} */
  const along = {
    forward: () => void walk.stepOn("iteration"), back: () => void walk.scrub(Math.max(0, get().at - 1)),
    start: () => void walk.scrub(0), end: () => void walk.scrub(get().net?.furthest ?? 0),
  };
  /** @param {keyof KeyActions} name */
  const pressed = (name) => {
    const { landscape } = get();
    const compare = get().compare || sweeping(get());
    if (!compare && !landscape) return deeds[name]();
    if (OF_STAGE.includes(name)) return compare ? undefined : along[name]?.();
    if (!compare || name !== "train") deeds[name]();
  };
  return /** @type {KeyActions} */ (Object.fromEntries(Object.keys(deeds).map((name) => [name, () => pressed(/** @type {keyof KeyActions} */ (name))])));
}
