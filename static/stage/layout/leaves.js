/**
 * Leaves that are used once: they stand in the column before their use and decide nothing, so they
 * are left out while the others are ordered, and put back where their lines cross fewest others.
 */

/** @typedef {import("./cells.js").Cells} Cells */

/** Arguments of one operation stand in their order where crossings leave the choice. */
const TIE = 1e-6;

/** @param {Cells} cells @returns {Uint8Array} */
export const leavesOf = ({ up, down, column }) => Uint8Array.from(column, (_, v) =>
  Number(up.start[v] === up.start[v + 1] && down.start[v + 1] - down.start[v] === 1));

/** A column with its leaves: in the order of their uses none crosses another, and each one's best
 * gap is not above that of the one before. @param {Cells} cells @param {number[]} others @param {number[]} leaves
 * @param {Int32Array} place @param {Int32Array} turn  when one reads a cell */
export function withLeaves({ down }, others, leaves, place, turn) {
  const use = (/** @type {number} */ v) => place[down.items[down.start[v]]];
  const waiting = [...leaves].sort((a, b) => use(a) - use(b) || turn[a] - turn[b]);
  const gaps = new Int32Array(waiting.length);
  const halve = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ low, /** @type {number} */ high) => {
    if (from >= to) return;
    const middle = (from + to) >> 1;
    const leaf = waiting[middle];
    const cost = (/** @type {number} */ from, /** @type {number} */ to) => Math.sign(place[to] - use(leaf)) || TIE * Math.sign(turn[from] - turn[leaf]);
    gaps[middle] = bestGap(down, others, cost, low, high);
    halve(from, middle, low, gaps[middle]);
    halve(middle + 1, to, gaps[middle], high);
  };
  halve(0, waiting.length, 0, others.length);
  return merged(others, waiting, gaps);
}

/** The least costly gap: below how many of the others. @param {import("./cells.js").Lines} down @param {number[]} others
 * @param {(from: number, to: number) => number} cost  of a leaf's standing below a line @param {number} low @param {number} high */
function bestGap({ start, items, weight }, others, cost, low, high) {
  let [gap, sum, least] = [low, 0, 0];
  for (let i = low; i < high; i += 1) {
    for (let k = start[others[i]]; k < start[others[i] + 1]; k += 1) sum += cost(others[i], items[k]) * weight[k];
    if (sum < least) [gap, least] = [i + 1, sum];
  }
  return gap;
}

/** @param {number[]} others @param {number[]} leaves @param {Int32Array} gaps  of the leaves, ascending */
function merged(others, leaves, gaps) {
  const column = [];
  let next = 0;
  for (let i = 0; i <= others.length; i += 1) {
    while (next < leaves.length && gaps[next] === i) column.push(leaves[next++]);
    if (i < others.length) column.push(others[i]);
  }
  return column;
}
