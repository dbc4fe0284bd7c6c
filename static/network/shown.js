/** Which network the builder speaks of: the draft, or the one that stands on the stage. */
import { draftOf } from "./draft.js";

/** @typedef {Pick<import("../state.js").State, "left" | "network" | "net" | "drafting" | "build">} Seen */

/** @type {WeakMap<object, import("./draft.js").Draft>} */
const read = new WeakMap();

/** Whether the stage belongs to the draft. @param {Seen} s */
export const drawingUp = (s) => s.left === "network" && (!s.network || s.drafting);

/** Whether changes act on a network that is there. @param {Seen} s */
export const standing = (s) => Boolean(s.network && s.net && !s.drafting);

/** Whether the network is only shown, and may not be changed. @param {Pick<import("../state.js").State, "net">} s */
export const viewing = (s) => s.net?.access === "view";

/** @param {Seen} s @returns {import("./draft.js").Draft} */
export function shown(s) {
  if (!s.net || !standing(s)) return s.build;
  const kept = read.get(s.net);
  if (kept) return kept;
  const draft = draftOf(s.net.spec, s.net.name);
  read.set(s.net, draft);
  return draft;
}
