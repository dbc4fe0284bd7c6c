/** How each layer fares at the iteration that is shown, in shares that a bar can have. */
import { momentAt } from "./curve.js";

/** @typedef {{layer: string, title: string, norm: any, length: number, saturated: number | null, dead: number | null}} Fare */

/** The shortest gradient that still has a bar is so many powers of ten shorter than the longest. */
const DECADES = 6;
const LEAST = 0.02;

/** @param {Pick<import("../state.js").State, "series" | "live" | "at">} state @returns {Fare[]} */
export function layersOf({ series, live, at }) {
  const moment = momentAt(series, live, at);
  const norms = Object.entries(moment?.gradient_norm ?? {});
  const numbers = norms.map(([, v]) => v).filter((v) => typeof v === "number" && v > 0);
  const longest = Math.max(...numbers, Number.MIN_VALUE);
  return norms.map(([layer, norm]) => ({
    layer, title: layer.replace(/^layer(\d+)$/, "$1"), norm, length: lengthOf(norm, longest),
    saturated: moment?.saturated_units?.[layer] ?? null, dead: moment?.dead_units?.[layer] ?? null,
  }));
}

/** A tenth as long is a sixth of the bar shorter; what is no number fills it. @param {any} norm @param {number} longest */
function lengthOf(norm, longest) {
  if (typeof norm !== "number") return norm === null ? 0 : 1;
  return norm <= 0 ? 0 : Math.max(LEAST, 1 + Math.log10(norm / longest) / DECADES);
}
