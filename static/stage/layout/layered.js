/**
 * A layered layout, left to right, of any graph without cycles: columns, bends, order, heights,
 * gaps. Numbers only; the same question always has the same answer.
 */
import { SHARED, cellsOf } from "./cells.js";
import { heights } from "./heights.js";
import { ordered } from "./order.js";
import { placed } from "./places.js";
import { ranks } from "./ranks.js";

/** @param {import("./problem.js").Problem} problem @returns {import("./problem.js").Places} */
export function layered(problem) {
  const cells = cellsOf(problem, ranks(problem.w.length, problem.source, problem.target), SHARED);
  const columns = ordered(cells);
  return placed(problem, cells, columns, (gap) => heights(cells, columns, gap));
}
