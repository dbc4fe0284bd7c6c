/**
 * A pass as bytes: what `GET /networks/{id}/frame` answers and the events of a training carry. A graph that was read
 * once as JSON takes the numbers of each pass from it.
 */

/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("../types.js").Numbers} Numbers */
/** @typedef {{tag: string, offsets: Record<string, {value?: number, grad?: number, new?: number}>}} Topology */
/** @typedef {{iteration: number, loss: number, tag: string, values: Numbered, grads: Numbered, news: Numbered}} Frame */
/** @typedef {Float32Array | Float64Array} Numbered */

const HEADER = 48;
const MAGIC = "GWF1";
/** Of larger arrays nobody hears every number while they change many times a second; at rest all are told again. */
const READ_OUT = 36;

/** @param {string} text  in base64 @returns {ArrayBuffer} */
export function bytesOf(text) {
  const read = atob(text);
  const bytes = new Uint8Array(read.length);
  for (let i = 0; i < read.length; i += 1) bytes[i] = read.charCodeAt(i);
  return bytes.buffer;
}

/** Read a frame; throws for bytes that are none. @param {ArrayBuffer} bytes @returns {Frame} */
export function frameOf(bytes) {
  const head = new DataView(bytes);
  if (String.fromCharCode(...new Uint8Array(bytes, 0, 4)) !== MAGIC) throw new Error("these bytes are no frame");
  const wide = head.getUint8(5) === 8;
  const [values, grads, news] = [8, 12, 16].map((at) => head.getUint32(at, true));
  let start = HEADER;
  const column = (/** @type {number} */ n) => {
    const part = wide ? new Float64Array(bytes.slice(start, start + 8 * n)) : new Float32Array(bytes.slice(start, start + 4 * n));
    start += part.byteLength;
    return part;
  };
  return {
    iteration: Number(head.getBigUint64(24, true)), loss: head.getFloat64(32, true),
    tag: [...new Uint8Array(bytes, 40, 8)].map((b) => b.toString(16).padStart(2, "0")).join(""),
    values: column(values), grads: column(grads), news: column(news),
  };
}

/** Numbers of a column in the shape of a node, words for those that are not finite.
 * @param {Numbered} column @param {number} start @param {number[]} shape @returns {Numbers} */
export function shaped(column, start, shape) {
  if (!shape.length) return worded(column[start]);
  const [n, ...rest] = shape;
  const size = rest.reduce((a, b) => a * b, 1);
  return Array.from({ length: n }, (_, i) => (rest.length ? shaped(column, start + i * size, rest) : worded(column[start + i])));
}

/** @param {number} x */
const worded = (x) => (Number.isFinite(x) ? x : Number.isNaN(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity");

/** The graph of whole matrices with the numbers of another pass; null if the frame is not of this graph.
 * @param {Graph} graph @param {Topology} topology @param {Frame} frame @returns {Graph | null} */
export function redrawn(graph, topology, frame) {
  if (topology.tag !== frame.tag) return null;
  const at = (/** @type {string} */ id) => topology.offsets[id] ?? {};
  const nodes = graph.nodes.map((n) => {
    const { value, grad } = at(n.id);
    if (value === undefined || n.value === null) return n;
    return { ...n, passing: n.shape.reduce((a, b) => a * b, 1) > READ_OUT, value: shaped(frame.values, value, n.shape), grad: n.grad === null || grad === undefined ? n.grad : shaped(frame.grads, grad, n.shape) };
  });
  const byId = new Map(nodes.map((n) => [n.id, n]));
  const updates = graph.updates.map((u) => {
    const node = byId.get(u.parameter);
    const { new: fresh } = at(u.parameter);
    if (!node || node.value === null || fresh === undefined) return u;
    return { ...u, old: node.value, gradient: node.grad ?? u.gradient, new: shaped(frame.news, fresh, node.shape), terms: [] };
  });
  // What was carried along each edge is not in the frame: it is asked for when the training rests.
  const edges = graph.edges.map((e) => ({ ...e, local: null, contribution: null }));
  return { ...graph, value: byId.get(graph.output)?.value ?? graph.value, nodes, edges, updates };
}
