/** Lists of lists in two arrays: list i is `items` from `start[i]` up to `start[i + 1]`. */

/** @typedef {{start: Int32Array, items: Int32Array}} Lists */

/** The places in `keys` by what stands there, in order. @param {number} count @param {ArrayLike<number>} keys @returns {Lists} */
export function grouped(count, keys) {
  const start = new Int32Array(count + 1);
  for (let i = 0; i < keys.length; i += 1) start[keys[i] + 1] += 1;
  for (let k = 0; k < count; k += 1) start[k + 1] += start[k];
  const [next, items] = [start.slice(), new Int32Array(keys.length)];
  for (let i = 0; i < keys.length; i += 1) items[next[keys[i]]++] = i;
  return { start, items };
}
