/** Graph → cards and links with their sizes: what is drawn, before where. */
import { nodeOf } from "../indexed.js";
import { runs } from "../names.js";

/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("../types.js").GraphNode} GraphNode */
/** @typedef {import("./metrics.js").Metrics} Metrics */
/**
 * @typedef {{id: string, node: GraphNode, w: number, h: number, look: "scalar" | "grid" | "heat" | "shape",
 *   rows: number, columns: number, name: import("../names.js").Run[], sign: string | null, data: boolean,
 *   element: GraphNode["element"]}} Card
 * @typedef {{cards: Card[], links: import("./layout.js").Link[]}} Description
 */

const HEATED = 32;

/** Rows and columns; a stack of one matrix counts as that matrix, one of several has none. @param {number[]} shape
 * @returns {[number, number]} */
export function gridShape(shape) {
  if (shape.length > 2) return shape[0] === 1 ? gridShape(shape.slice(1)) : [0, 0];
  return shape.length === 0 ? [1, 1] : shape.length === 1 ? [1, shape[0]] : [shape[0], shape[1]];
}

/** @param {GraphNode} node @param {number} numbered */
function look(node, numbered) {
  if (node.shape.length === 0) return "scalar";
  const [rows, columns] = gridShape(node.shape);
  if (node.value === null || rows * columns === 0) return "shape";
  if (rows <= numbered && columns <= numbered) return "grid";
  return rows <= HEATED && columns <= HEATED ? "heat" : "shape";
}

/** @param {import("../names.js").Run[]} list @param {number} size */
const widthOf = (list, size) =>
  list.reduce((w, r) => w + letters(r.text) * size * (r.shift ? 0.38 : 0.56), 0);

/** @param {string} text */
function letters(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** @param {Graph} graph @param {Metrics} m @returns {Description} */
export function describe(graph, m) {
  const shown = graph.nodes.filter((n) => !n.folded);
  const ids = new Set(shown.map((n) => n.id));
  const output = runs(nodeOf(graph, graph.output)?.latex ?? "");
  const cards = shown.map((node) => card(node, output, m));
  const links = graph.edges
    .map((e, index) => ({ index, source: e.source, target: e.target, slot: e.slot }))
    .filter((l) => ids.has(l.source) && ids.has(l.target));
  return { cards, links };
}

/** @param {GraphNode} node @param {import("../names.js").Run[]} output @param {Metrics} m @returns {Card} */
function card(node, output, m) {
  const kind = look(node, m.grid);
  const [rows, columns] = gridShape(node.shape);
  const name = runs(node.latex);
  const sign = node.sign;
  const head = m.pad * 2 + widthOf(name, m.name) + (sign ? signWidth(sign, m) + 10 : 0);
  const cell = cellSize(kind, m);
  const symbol = node.grad === null || kind === "heat" ? 0 : widthOf(output, m.small * 1.12) + widthOf(name, m.small * 1.12) + 1.9 * m.small;
  const inner = kind === "grid" || kind === "heat" ? Math.max(columns * cell[0], symbol) + 2 * m.pad : m.width;
  const grids = (node.grad === null && node.summary === null ? 1 : 2) * (rows * cell[1] + m.pad * 0.7);
  const h = kind === "grid" || kind === "heat" ? m.line * 1.3 + grids + m.pad * 0.5 : m.line * 3.55;
  const data = node.op === null && node.grad === null && node.summary === null;
  return { id: node.id, node, w: Math.max(inner, head), h, look: kind, rows, columns, name, sign, data, element: node.element };
}

/** @param {string} look @param {Metrics} m */
export const cellSize = (look, m) => (look === "heat" ? [m.cell[1] / 3, m.cell[1] / 3] : m.cell);

/** How long signs are in letters: a graph has few, each many times. @type {Map<string, number>} */
const lengths = new Map();
const MOST = 1000;

/** @param {string} sign @param {Metrics} m */
export function signWidth(sign, m) {
  const length = lengths.get(sign) ?? lengthOf(sign);
  if (lengths.size >= MOST) lengths.clear();
  lengths.set(sign, length);
  return Math.max(m.sign * 1.7, m.sign * (0.9 + 0.56 * length));
}

/** @param {string} sign */
const lengthOf = (sign) => runs(sign.replace(/«[^»]*»/g, "00")).reduce((n, r) => n + r.text.trim().length * (r.shift ? 0.7 : 1), 0);
