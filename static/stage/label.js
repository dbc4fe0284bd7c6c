/** A node in words: its name, its value and its gradient as far as the playhead has come. */
import { number } from "../format.js";
import { plain } from "../names.js";

/**
 * @typedef {{digits: number | null, lang: string, numbers: boolean, output: string,
 *   t: (key: string, params?: Record<string, string | number>) => string}} Manner  how numbers are shown; `output` is its name as text
 */

/** @param {any} value @param {Manner} as */
export const spoken = (value, as) =>
  Array.isArray(value) ? JSON.stringify(value, (_, x) => (typeof x === "number" ? number(x, as.digits, as.lang).text : x)).replaceAll('"', "") : number(value, as.digits, as.lang).text;

/** @param {import("../types.js").GraphNode} node @param {import("../player.js").NodeFrame} frame
 * @param {import("../types.js").Update | null} update @param {Manner} as */
export function labelOf(node, frame, update, as) {
  const parts = [plain(node.latex)];
  if (!as.numbers || node.passing) return parts[0];
  if (frame.hasValue && node.value !== null) parts.push(as.t("ui.ariaValue", { value: spoken(node.value, as) }));
  if (frame.grad === "done" && node.grad !== null) parts.push(as.t("ui.ariaGradient", { value: spoken(node.grad, as) }));
  else if (frame.grad === "partial") parts.push(as.t("ui.ariaPartial", { value: spoken(frame.total, as) }));
  if (update && frame.updated) parts.push(as.t("ui.ariaUpdated", { value: spoken(update.new, as) }));
  return parts.join(", ");
}
