/** Crossings of lines between neighbouring columns: all, by an accumulator tree (Barth, Jünger and Mutzel, 2004), and of two cells. */

/** @typedef {import("./cells.js").Lines} Lines */

/** @param {number[][]} columns @param {Lines} down @param {Int32Array} place  of a cell in its column */
export function crossings(columns, down, place) {
  let total = 0;
  for (let c = 0; c + 1 < columns.length; c += 1) total += between(columns[c], columns[c + 1].length, down, place);
  return total;
}

/** @param {number[]} left @param {number} count  of cells on the right @param {Lines} down @param {Int32Array} place */
function between(left, count, { start, items, weight }, place) {
  const tree = new Float64Array(count + 1);
  let [total, all] = [0, 0];
  for (const v of left) {
    for (let k = start[v]; k < start[v + 1]; k += 1) {
      let above = 0;
      for (let i = place[items[k]] + 1; i > 0; i -= i & -i) above += tree[i];
      total += (all - above) * weight[k];
    }
    for (let k = start[v]; k < start[v + 1]; k += 1) {
      all += weight[k];
      for (let i = place[items[k]] + 1; i <= count; i += i & -i) tree[i] += weight[k];
    }
  }
  return total;
}

/** Of the lines of two cells on one side, while `u` stands above `v`; both sorted. @param {Lines} lines @param {number} u @param {number} v
 * @param {Int32Array} place */
export function crossing({ start, items, weight }, u, v, place) {
  let [total, above, k] = [0, 0, start[v]];
  for (let i = start[u]; i < start[u + 1]; i += 1) {
    while (k < start[v + 1] && place[items[k]] < place[items[i]]) above += weight[k++];
    total += above * weight[i];
  }
  return total;
}

/** Sort a cell's neighbours by their places. @param {Lines} lines @param {number} v @param {Int32Array} place */
export function sorted({ start, items, weight }, v, place) {
  for (let k = start[v] + 1; k < start[v + 1]; k += 1) {
    const [item, w] = [items[k], weight[k]];
    let i = k;
    for (; i > start[v] && place[items[i - 1]] > place[item]; i -= 1) [items[i], weight[i]] = [items[i - 1], weight[i - 1]];
    [items[i], weight[i]] = [item, w];
  }
}
