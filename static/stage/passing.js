/** Which edges a step walks, and how far the passes have come along each. */
import { indexed } from "../indexed.js";

/** How far a pass has come along an edge. @param {import("./edges.js").Route} route @param {import("../player.js").Frame | null} frame
 * @param {Set<number>} lit  the edges of the active step @returns {"" | "passed" | "back" | "now fwd" | "now bwd"} */
export function edgeState({ index, target }, frame, lit) {
  if (lit.has(index)) return frame?.step?.phase === "backward" ? "now bwd" : "now fwd";
  const walked = frame?.edgeSteps.get(index);
  if (walked !== undefined && frame?.done(walked)) return "back";
  return frame?.nodes.get(target)?.hasValue ? "passed" : "";
}

/** @param {import("../formula.js").Scope} scope @returns {number[]} */
export function activeEdges({ graph, frame }) {
  const step = frame?.step;
  if (!step || step.phase === "update") return [];
  if (frame?.edge) return [frame.edgeNumber];
  if (step.phase === "backward") return [];
  return indexed(graph).into.get(step.node) ?? [];
}
