/**
 * Which column each box stands in, so that all links together are as short as they can be: network
 * simplex (Gansner, Koutsofios, North and Vo, 1993), begun with every box as late as its uses allow.
 *
 * Short links are the edges of a tree. What hangs on a box moves as one; it wants to where more of
 * the links that leave it lead, and goes until one of them is as short as it can be, which then
 * takes the place of the edge that the box hung on.
 */
import { grouped } from "./lists.js";

/** @typedef {ReturnType<typeof rooted>} Tree */

/** Boxes come in order, arguments before uses. @param {number} count @param {Int32Array} source @param {Int32Array} target */
export function ranks(count, source, target) {
  const tree = rooted(count, source, target);
  const { rank } = tree;
  let calm = 0;
  let allowance = 20 * count;
  for (let v = count - 1; calm < count && allowance > 0; v = v ? v - 1 : count - 1, calm += 1) {
    if (!restless(tree, v)) continue;
    pivot(tree, v);
    calm = 0;
    allowance -= 1;
  }
  const first = rank.reduce((a, b) => Math.min(a, b), Infinity);
  return rank.subarray(0, count).map((r) => r - first);
}

/** The tree hangs on a box behind all outputs; the links to it weigh nothing.
 * @param {number} count @param {Int32Array} source @param {Int32Array} target */
function rooted(count, source, target) {
  const used = new Uint8Array(count);
  for (const s of source) used[s] = 1;
  const ends = [...used.keys()].filter((v) => !used[v]);
  const [tail, head] = [Int32Array.of(...source, ...ends), Int32Array.of(...target, ...ends.map(() => count))];
  const [rank, pull] = [new Int32Array(count + 1), new Int32Array(count + 1)];
  const [parent, link, child, next, before] = Array.from({ length: 5 }, () => new Int32Array(count + 1).fill(-1));
  const tree = { tail, head, rank, pull, parent, link, child, next, before, inside: new Uint8Array(count + 1), out: grouped(count + 1, tail), into: grouped(count + 1, head) };
  for (let v = count - 1; v >= 0; v -= 1) late(tree, v);
  source.forEach((s, e) => { pull[s] += 1; pull[target[e]] -= 1; });
  for (let v = 0; v < count; v += 1) pull[parent[v]] += pull[v];
  return tree;
}

/** Hang a box on its first use. @param {Tree} tree @param {number} v */
function late(tree, v) {
  const { out: { start, items }, head, rank } = tree;
  let first = items[start[v]];
  for (let k = start[v]; k < start[v + 1]; k += 1) if (rank[head[items[k]]] < rank[head[first]]) first = items[k];
  rank[v] = rank[head[first]] - 1;
  hang(tree, v, head[first], first);
}

/** `pull` is how many more links leave to the right than to the left; the link above may stand against it.
 * @param {Tree} tree @param {number} v */
const restless = ({ pull, tail, link }, v) => (tail[link[v]] === v ? pull[v] < 0 : pull[v] > 0);

/** @param {Tree} tree @param {number} v */
function pivot(tree, v) {
  const { pull, parent, tail, head, rank, inside } = tree;
  const total = pull[v];
  const moving = below(tree, v);
  for (const u of moving) inside[u] = 1;
  const [link, slack] = total < 0 ? tightest(tree, moving, tree.into, tail) : tightest(tree, moving, tree.out, head);
  for (const u of moving) {
    rank[u] += total < 0 ? -slack : slack;
    inside[u] = 0;
  }
  for (let p = parent[v]; p >= 0; p = parent[p]) pull[p] -= total;
  const [inner, outer] = total < 0 ? [head[link], tail[link]] : [tail[link], head[link]];
  turn(tree, v, inner, outer, link);
  for (let p = outer; p >= 0; p = parent[p]) pull[p] += total;
}

/** Hang what hung on v on another of its boxes. @param {Tree} tree @param {number} v @param {number} inner
 * @param {number} outer @param {number} link */
function turn(tree, v, inner, outer, link) {
  const { pull, parent } = tree;
  const total = pull[v];
  let [u, above, by, under] = [inner, outer, link, 0];
  for (let done = false; !done;) {
    done = u === v;
    const old = { parent: parent[u], link: tree.link[u], pull: pull[u] };
    cut(tree, u);
    hang(tree, u, above, by);
    pull[u] = total - under;
    [above, by, under, u] = [u, old.link, old.pull, old.parent];
  }
}

/** The shortest of the links between what moves and what stays. @param {Tree} tree @param {number[]} moving
 * @param {import("./lists.js").Lists} links @param {Int32Array} far */
function tightest({ tail, head, rank, inside }, moving, { start, items }, far) {
  let [best, least] = [-1, Infinity];
  for (let i = 0; i < moving.length && least > 0; i += 1) {
    for (let k = start[moving[i]]; k < start[moving[i] + 1]; k += 1) {
      const slack = rank[head[items[k]]] - rank[tail[items[k]]] - 1;
      if (slack < least && !inside[far[items[k]]]) [best, least] = [items[k], slack];
    }
  }
  return [best, least];
}

/** @param {Tree} tree @param {number} v */
function below({ child, next }, v) {
  const found = [v];
  for (let i = 0; i < found.length; i += 1) for (let u = child[found[i]]; u >= 0; u = next[u]) found.push(u);
  return found;
}

/** @param {Tree} tree @param {number} v @param {number} parent @param {number} link */
function hang(tree, v, parent, link) {
  const { child, next, before } = tree;
  tree.parent[v] = parent;
  tree.link[v] = link;
  next[v] = child[parent];
  before[v] = -1;
  if (next[v] >= 0) before[next[v]] = v;
  child[parent] = v;
}

/** @param {Tree} tree @param {number} v */
function cut({ parent, child, next, before }, v) {
  if (before[v] >= 0) next[before[v]] = next[v];
  else child[parent[v]] = next[v];
  if (next[v] >= 0) before[next[v]] = before[v];
}
