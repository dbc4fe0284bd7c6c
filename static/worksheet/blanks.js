/** Which numbers of a graph are left blank on paper, and what belongs there. */
import { number } from "../format.js";
import { latexOfNode, nodeOf } from "../indexed.js";
import { plain } from "../names.js";
import { gridShape } from "../stage/describe.js";
import { PAPER } from "./paper.js";

/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("../types.js").GraphNode} GraphNode */
/** @typedef {{value: boolean, grad: boolean}} Blank */

/** Every way but that of naming nodes. */
export const WAYS = ["all", "values", "gradients"];

/** What is computed can be left blank: values of operations, and gradients but that of the output, which is 1.
 * @param {Graph} graph @param {string} wish  one of WAYS, or names of nodes joined by commas @returns {Map<string, Blank>} */
export function blanksOf(graph, wish) {
  const names = new Set(WAYS.includes(wish) ? [] : wish.split(",").map((one) => one.trim()));
  return new Map(graph.nodes.map((node) => {
    const named = names.has(node.id);
    return [node.id, {
      value: node.op !== null && node.value !== null && (named || wish === "all" || wish === "values"),
      grad: node.id !== graph.output && node.grad !== null && (named || wish === "all" || wish === "gradients"),
    }];
  }));
}

/** Names that the graph does not have. @param {Graph} graph @param {string} wish */
export const unknown = (graph, wish) => (WAYS.includes(wish) ? [] : wish.split(",").map((one) => one.trim()).filter((one) => !graph.nodes.some((n) => n.id === one)));

/** The numbers that belong into the blanks, values first. @param {Graph} graph @param {Map<string, Blank>} blanks @param {number | null} digits @param {string} lang
 * @returns {{name: string, text: string}[]} */
export function answersOf(graph, blanks, digits, lang) {
  const print = (/** @type {any} */ value) => written(value, digits, lang);
  const name = (/** @type {GraphNode} */ node) => plain(latexOfNode(graph, node.id));
  const below = (/** @type {string} */ text) => (text.includes(" ") ? `(${text})` : text);
  const output = plain(latexOfNode(graph, graph.output));
  const values = graph.nodes.filter(({ id }) => blanks.get(id)?.value).map((node) => ({ name: name(node), text: print(node.value) }));
  const gradients = graph.nodes.filter(({ id }) => blanks.get(id)?.grad).reverse().map((node) => ({ name: `∂${output}/∂${below(name(node))}`, text: print(node.grad) }));
  return [...values, ...gradients];
}

/** New weights, which are asked for beside the picture, cell by cell; larger matrices are not.
 * @param {Graph} graph @param {number | null} digits @param {string} lang
 * @returns {{name: string, rows: number, columns: number, texts: string[]}[]} */
export const updatesOf = (graph, digits, lang) => graph.updates.flatMap(({ parameter, new: moved }) => {
  const [rows, columns] = gridShape(nodeOf(graph, parameter)?.shape ?? []);
  if (rows > PAPER.grid || columns > PAPER.grid || rows * columns === 0) return [];
  const texts = [moved].flat(Infinity).map((one) => written(one, digits, lang));
  return [{ name: plain(latexOfNode(graph, parameter)), rows, columns, texts }];
});

/** Numbers as a hand would write them, without the noise of binary arithmetic: 0.3 for 0.30000000000000004.
 * @param {any} value @param {number | null} digits @param {string} lang @returns {string} */
function written(value, digits, lang) {
  if (!Array.isArray(value)) return number(typeof value === "number" ? Number(value.toPrecision(12)) : value, digits, lang).text;
  return `[${value.map((one) => written(one, digits, lang)).join(lang === "pt-BR" ? "; " : ", ")}]`;
}
