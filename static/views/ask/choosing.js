/** Pointing at a node of the stage answers which comes next. */
import { due } from "../../ask/due.js";

/** What a press on a node does while that is asked; null at any other time. @param {import("../context.js").Context} c
 * @returns {((id: string) => void) | null} */
export function choosing(c) {
  const q = due(c.state, c.config.lesson?.scenes[c.state.scene] ?? null);
  return q?.kind === "next" ? (id) => void c.actions.check(id) : null;
}
