/**
 * The ledger's templates as LaTeX for the renderer: placeholders become symbols or numbers, "?"
 * until the playhead has come to them, and colour wrappers become classes.
 */
import { cells, latexOf, number } from "./format.js";

/** @typedef {import("./types.js").Graph} Graph */
/** @typedef {import("./player.js").Frame} Frame */

/**
 * @typedef {{graph: Graph, frame: Frame | null, digits: number | null, lang: string, rate: number,
 *   numbers: boolean}} Scope   frame null shows everything
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
function lookUp(kind, ref, scope) {
  const { graph, frame } = scope;
  const index = Number(ref);
  const edgeDone = () => !frame || frame.done(frame.edgeSteps.get(index) ?? -1);
  const met = () =>
    edgeDone() ||
    (!!frame?.begun && frame.beat >= 2 && frame.index === frame.edgeSteps.get(index));
  const node = graph.nodes.find((n) => n.id === ref);
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
      const at = stepOf(graph, index);
      const own = graph.steps[at]?.total ?? graph.edges[index]?.contribution ?? null;
      if (kind === "total") return { value: own, shown: edgeDone() };
      return { value: before(graph, index, at), shown: true };
    }
    case "rate":
      return { value: scope.rate, shown: true };
    default: {
      const update = graph.updates[index];
      const value = update ? update[/** @type {"old"} */ (kind)] : null;
      const at = graph.steps.findIndex((s) => s.phase === "update" && s.node === update?.parameter);
      return { value, shown: kind !== "new" || !frame || frame.done(at) };
    }
  }
}

/** @param {Graph} graph @param {number} edge */
const stepOf = (graph, edge) => {
  const e = graph.edges[edge];
  return graph.steps.findIndex(
    (s) => s.source === e.source && s.node === e.target && s.slot === e.slot,
  );
};

/** The running total of an edge's source before the edge. @param {Graph} graph
 * @param {number} edge @param {number} at */
function before(graph, edge, at) {
  const { source } = graph.edges[edge];
  for (let i = at - 1; i >= 0; i -= 1) {
    if (graph.steps[i].source === source) return graph.steps[i].total ?? null;
  }
  return source === graph.output ? 1 : 0;
}

const PLACEHOLDER = /«(rel:)?(\w+):([^«»!+]*)([!+]?)»/g;
const HOLE = "\\class{hole}{\\mathord{?}}";

/**
 * @param {string} template @param {Scope} scope
 * @returns {string} LaTeX with \class wrappers
 */
export function fill(template, scope) {
  const filled = template.replace(PLACEHOLDER, (_, rel, kind, ref, flag) => {
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
const labelOf = (id, graph) => graph.nodes.find((n) => n.id === id)?.latex ?? id;

/** @param {string} id @param {Graph} graph */
const bracketed = (id, graph) => wrap(labelOf(id, graph), "", isCompound(id, graph));

/** An unnamed node is written as its expression, which wants parentheses. @param {string} id
 * @param {Graph} graph */
const isCompound = (id, graph) =>
  id.startsWith("%") && /[-+ ]|\\cdot|\\frac/.test(labelOf(id, graph)) && !graph.nodes.find((n) => n.id === id)?.folded;

/**
 * The chain rule from the output to one leaf, factor by factor: symbols, then numbers with "?"
 * for the factors that the playhead has not reached.
 * @param {number[]} path  edges from the output to the leaf
 * @param {Scope} scope @param {{global: string, local: string}} words
 * @returns {{symbols: string[] | null, closed: string[], numbers: string[] | null}}  the factors in order
 */
export function chain(path, scope, words) {
  const { graph, frame } = scope;
  const elementwise = path.every((e) => graph.edges[e].local_kind === "elementwise");
  const scalar = path.every((e) => !Array.isArray(graph.edges[e].local));
  const times = scalar ? " \\cdot " : " \\odot ";
  const current = path.findIndex((e) => frame?.index === frame?.edgeSteps.get(e));
  const reached = (/** @type {number} */ e) => lookUp("local", String(e), scope).shown;
  const fraction = (/** @type {import("./types.js").Edge} */ e) =>
    `\\frac{\\partial ${bracketed(e.target, graph)}}{\\partial ${bracketed(e.source, graph)}}`;
  const factors = path.map((e, i) => {
    const tex = fraction(graph.edges[e]);
    const colour = i === current ? "loc" : reached(e) ? "bwd" : "dim";
    return `\\class{${colour}}{${tex}}`;
  });
  if (elementwise && current > 0) {
    const before = `\\underbrace{${factors.slice(0, current).join(times)}}_{\\text{${words.global}}}`;
    const now = `\\underbrace{${factors[current]}}_{\\text{${words.local}}}`;
    factors.splice(0, current + 1, before, now);
  }
  const symbols = elementwise ? joined(factors, times) : null;
  const closed = elementwise
    ? joined(path.map((e) => closedFactor(e, scope, reached(e), path.length > 1)), times)
    : [nested(path, scope)];
  const numbers = scalar && elementwise && scope.numbers
    ? joined(path.map((e, i) => {
      if (!reached(e)) return HOLE;
      const { latex } = printed(graph.edges[e].local, scope);
      const text = latex.startsWith("-") && i > 0 ? `\\left(${latex}\\right)` : latex;
      return `\\class{${i === current ? "loc" : "bwd"}}{${text}}`;
    }), " \\cdot ")
    : null;
  return { symbols, closed, numbers };
}

/** @param {string[]} factors @param {string} times */
const joined = (factors, times) => factors.map((f, i) => (i ? times + f : f));

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

/** @param {number} e @param {Scope} scope @param {boolean} met @param {boolean} many */
function closedFactor(e, scope, met, many) {
  if (!met) return HOLE;
  const edge = scope.graph.edges[e];
  const tex = fill(edge.template, scope);
  return `\\class{loc}{${many && edge.compound ? `\\left(${tex}\\right)` : tex}}`;
}

/** A path through matrices: each rule is put around what came before.
 * @param {number[]} path @param {Scope} scope */
function nested(path, scope) {
  let expression = "";
  for (const e of path) {
    const edge = scope.graph.edges[e];
    const met = lookUp("local", String(e), scope).shown;
    const factor = met ? fill(edge.template, scope) : HOLE;
    const wrapped = expression && !/^[^\s]*$/.test(expression) ? `\\left(${expression}\\right)` : expression;
    if (edge.local_kind === "elementwise" || !met) {
      const own = edge.compound && met && expression ? `\\left(${factor}\\right)` : factor;
      expression = expression ? `${expression} \\odot \\class{loc}{${own}}` : `\\class{loc}{${own}}`;
    } else {
      const start = expression ? factor : factor.replace(/«g[!+]?»\s*\\(cdot|odot)\s*/, "");
      expression = start.replaceAll("«g»", wrapped || "1").replaceAll("«g!»", expression || "1");
    }
  }
  return expression;
}
