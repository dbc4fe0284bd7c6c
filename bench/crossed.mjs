/** How many pairs of lines cross; those with an end in common are not counted. */

/** @param {{source: string, target: string, points: {x: number, y: number}[]}[]} lines */
export function crossed(lines) {
  const pieces = lines.flatMap((line, of) => line.points.slice(1).map((b, i) => piece(line, of, line.points[i], b)))
    .filter((p) => p.right > p.left).sort((p, q) => p.left - q.left);
  const pairs = new Set();
  let open = [];
  for (const p of pieces) {
    open = open.filter((q) => q.right > p.left);
    for (const q of open) if (apart(p, q) && cross(p, q)) pairs.add(Math.min(p.of, q.of) * lines.length + Math.max(p.of, q.of));
    open.push(p);
  }
  return pairs.size;
}

const piece = ({ source, target }, of, a, b) => (a.x <= b.x
  ? { source, target, of, left: a.x, right: b.x, from: a.y, to: b.y }
  : { source, target, of, left: b.x, right: a.x, from: b.y, to: a.y });

const apart = (p, q) => p.source !== q.source && p.source !== q.target && p.target !== q.source && p.target !== q.target;
const height = ({ left, right, from, to }, x) => from + ((to - from) * (x - left)) / (right - left);

/** Whether one is above the other where both begin, and below it where one of them ends. */
function cross(p, q) {
  const [from, to] = [Math.max(p.left, q.left), Math.min(p.right, q.right)];
  const [before, after] = [height(p, from) - height(q, from), height(p, to) - height(q, to)];
  return from < to && before * after < 0;
}
