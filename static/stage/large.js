/** How many cards are drawn as SVG; larger graphs are drawn on a canvas. */
export const DRAWN = 400;
/** A program of more characters may have a large graph. */
const LONG = 1500;

/** @type {WeakMap<import("../types.js").Graph, boolean>} */
const large = new WeakMap();

/** Whether a graph has more nodes than are drawn as SVG. @param {import("../types.js").Graph} graph */
export function isLarge(graph) {
  const found = large.get(graph) ?? (graph.nodes.length > DRAWN && graph.nodes.filter((n) => !n.folded).length > DRAWN);
  large.set(graph, found);
  return found;
}

/** Whether a graph may be large, as far as that can be told before it is computed: taken apart, a program has
 * about a node for each line and each number of its largest array.
 * @param {Pick<import("../state.js").State, "program" | "values" | "detail" | "network">} state */
export function mayBeLarge({ program, values, detail, network }) {
  if (program.length > LONG || detail !== "scalar") return program.length > LONG;
  const most = Math.max(1, ...Object.values(values).map((value) => [value].flat(Infinity).length));
  return network !== "" || most * program.split(/[;\n]/).length > DRAWN;
}
