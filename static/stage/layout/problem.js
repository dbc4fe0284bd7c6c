/**
 * A layout's question and answer as numbers: boxes and links by their places in the lists, so that
 * both travel to a worker and back as a few buffers that are handed over, not copied.
 */

/** @typedef {import("../layout.js").Box} Box */
/** @typedef {import("../layout.js").Link} Link */
/** @typedef {import("../layout.js").Gaps} Gaps */
/** @typedef {import("../layout.js").Room} Room */
/** @typedef {import("../layout.js").Layout} Layout */
/**
 * @typedef {{w: Float64Array, h: Float64Array, source: Int32Array, target: Int32Array,
 *   array: Int32Array, index: Int32Array, gaps: Gaps, stage: Room}} Problem
 * @typedef {{x: Float64Array, y: Float64Array, starts: Int32Array, stops: Float64Array, width: number, height: number}} Places
 *   corners of the boxes; the stops of link i are the points from `starts[i]` up to `starts[i + 1]`
 */

/** @param {Box[]} boxes @param {Link[]} links @param {Gaps} gaps @param {Room} stage @returns {Problem} */
export function problemOf(boxes, links, gaps, stage) {
  const place = new Map(boxes.map((b, i) => [b.id, i]));
  const at = (/** @type {string} */ id) => /** @type {number} */ (place.get(id));
  return {
    w: Float64Array.from(boxes, (b) => b.w), h: Float64Array.from(boxes, (b) => b.h),
    source: Int32Array.from(links, (l) => at(l.source)), target: Int32Array.from(links, (l) => at(l.target)),
    ...elements(boxes),
    gaps: { columns: gaps.columns, rows: gaps.rows }, stage: { ...stage },
  };
}

/** Of which array each box is an element, or -1, and which of those that are drawn. @param {Box[]} boxes */
function elements(boxes) {
  /** @type {Map<string, {number: number, size: number}>} */
  const known = new Map();
  const [array, index] = [new Int32Array(boxes.length).fill(-1), new Int32Array(boxes.length)];
  boxes.forEach(({ element }, v) => {
    if (!element) return;
    const found = known.get(element.node) ?? { number: known.size, size: 0 };
    known.set(element.node, found);
    [array[v], index[v]] = [found.number, found.size];
    found.size += 1;
  });
  return { array, index };
}

/** @param {Places} places @param {Box[]} boxes @param {Link[]} links @returns {Layout} */
export function layoutOf({ x, y, starts, stops, width, height }, boxes, links) {
  const nodes = new Map(boxes.map((b, i) => [b.id, { x: x[i], y: y[i], w: b.w, h: b.h }]));
  const routes = new Map(links.map((l, i) => {
    const points = [];
    for (let k = starts[i]; k < starts[i + 1]; k += 1) points.push({ x: stops[2 * k], y: stops[2 * k + 1] });
    return [l.index, points];
  }));
  return { nodes, routes, width, height };
}

/** The buffers of a question or an answer, to be handed over. @param {Record<string, any>} parts @returns {ArrayBuffer[]} */
export const buffers = (parts) => Object.values(parts).filter(ArrayBuffer.isView).map((v) => /** @type {ArrayBuffer} */ (v.buffer));
