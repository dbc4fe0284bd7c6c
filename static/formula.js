/**
 * The ledger's templates as LaTeX for the renderer: placeholders become symbols or numbers, "?"
 * until the playhead has come to them, and colour wrappers become classes.
 */
import { cells, latexOf, localise, number } from "./format.js";
import { indexed, latexOfNode, nodeOf } from "./indexed.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./player.js").Frame} Frame */

/**
 * @typedef {{graph: Graph, frame: Frame | null, digits: number | null, lang: string, rate: number,
 *   numbers: boolean, words?: import("./words.js").Words, mean?: boolean}} Scope   frame null shows everything; of a mean of passes, products are not the products shown
 */

/** @param {import("./types.js").Numbers | null} value @param {Scope} scope
 * @returns {{latex: string, exact: boolean}} */
export function printed(value, scope) {
  if (!Array.isArray(value)) {
    const p = number(value, scope.digits, scope.lang);
    return { latex: latexOf(p.text), exact: p.exact };
  }
  const rows = Array.isArray(value[0]) ? value : [value];
  if (Array.isArray(rows[0]?.[0]) || rows.length > 6 || (rows[0]?.length ?? 0) > 6) {
    const shape = [];
    for (let v = value; Array.isArray(v); v = v[0]) shape.push(v.length);
    return { latex: `[${shape.join(" \\times ")}]`, exact: true };
  }
  const grid = cells(rows, scope.digits, scope.lang);
  const body = grid.map((row) => row.map((c) => latexOf(c.text)).join(" & ")).join(" \\\\ ");
  return {
    latex: `\\begin{bmatrix} ${body} \\end{bmatrix}`,
    exact: grid.flat().every((c) => c.exact),
  };
}

/** What a placeholder stands for, and whether the playhead has come to it.
 * @param {string} kind @param {string} ref @param {Scope} scope */
export function lookUp(kind, ref, scope) {
  const { graph, frame } = scope;
  const index = Number(ref);
  const edgeDone = () => !frame || frame.done(frame.edgeSteps.get(index) ?? -1);
  const met = () =>
    edgeDone() ||
    (!!frame?.begun && frame.beat >= 2 && frame.index === frame.edgeSteps.get(index));
  const node = nodeOf(graph, ref);
  switch (kind) {
    case "value":
      return { value: node?.value ?? null, shown: !frame || !!frame.nodes.get(ref)?.hasValue };
    case "grad":
      return { value: node?.grad ?? null, shown: !frame || frame.nodes.get(ref)?.grad === "done" };
    case "local":
      return { value: graph.edges[index]?.local ?? null, shown: met() };
    case "contribution":
      return { value: graph.edges[index]?.contribution ?? null, shown: edgeDone() };
    case "total":
    case "before": {
      const at = indexed(graph).edgeSteps.get(index) ?? -1;
      const own = graph.steps[at]?.total ?? graph.edges[index]?.contribution ?? null;
      if (kind === "total") return { value: own, shown: edgeDone() };
      return { value: before(graph, index, at), shown: true };
    }
    case "rate":
      return { value: scope.rate, shown: true };
    default: {
      const update = graph.updates[index];
      const value = update ? update[/** @type {"old"} */ (kind)] : null;
      const at = indexed(graph).updated.get(update?.parameter ?? "") ?? -1;
      return { value, shown: kind !== "new" || !frame || frame.done(at) };
    }
  }
}

/** The running total of an edge's source before the edge. @param {Graph} graph
 * @param {number} edge @param {number} at */
function before(graph, edge, at) {
  const { source } = graph.edges[edge];
  const steps = indexed(graph).reached.get(source) ?? [];
  const last = graph.steps[steps[steps.indexOf(at) - 1]];
  return last?.source ? last.total ?? null : source === graph.output ? 1 : 0;
}

const PLACEHOLDER = /«(rel:)?(\w+):([^«»!+]*)([!+]?)»/g;
export const HOLE = "\\class{hole}{\\mathord{?}}";

/**
 * @param {string} template @param {Scope} scope
 * @returns {string} LaTeX with \class wrappers
 */
export function fill(template, scope) {
  // A setting of an operation, such as the slope of leaky_relu, stands in the template itself.
  const own = template.replace(/\d\.\d/g, (text) => latexOf(localise(text, scope.lang)));
  const filled = own.replace(PLACEHOLDER, (_, rel, kind, ref, flag) => {
    if (kind === "label") return wrap(labelOf(ref, scope.graph), flag, isCompound(ref, scope.graph));
    const { value, shown } = lookUp(kind, ref, scope);
    if (rel) return shown && !printed(value, scope).exact ? "\\approx" : "=";
    if (!shown || !scope.numbers) return HOLE;
    const { latex } = printed(value, scope);
    return wrap(latex, flag, latex.startsWith("-"), latex.includes("\\cdot"));
  });
  return filled.replace(/\\(fwd|loc|bwd)\{/g, "\\class{$1}{");
}

/** @param {string} latex @param {string} flag @param {boolean} minus @param {boolean} [power] */
function wrap(latex, flag, minus, power = false) {
  if (flag === "!" || (!minus && !power)) return latex;
  return flag === "+" && !minus ? latex : `\\left(${latex}\\right)`;
}

/** @param {string} id @param {Graph} graph */
const labelOf = (id, graph) => latexOfNode(graph, id);

/** @param {string} id @param {Graph} graph */
export const bracketed = (id, graph) => wrap(labelOf(id, graph), "", isCompound(id, graph));

/** An unnamed node is written as its expression, which wants parentheses. @param {string} id
 * @param {Graph} graph */
const isCompound = (id, graph) =>
  id.startsWith("%") && /[-+ ]|\\cdot|\\frac/.test(labelOf(id, graph)) && !nodeOf(graph, id)?.folded;

/**
 * A template cut where a line may break: before each = or ≈ that stands outside all braces.
 * @param {string} template
 */
export function pieces(template) {
  const out = [];
  let [depth, from] = [0, 0];
  for (let i = 0; i < template.length; i += 1) {
    if (template[i] === "{") depth += 1;
    if (template[i] === "}") depth -= 1;
    const breaks = template[i] === "=" || template.startsWith("«rel:", i) || template.startsWith("\\leftarrow", i);
    if (depth === 0 && breaks && i > from) {
      out.push(template.slice(from, i));
      from = i;
    }
  }
  return [...out, template.slice(from)];
}
