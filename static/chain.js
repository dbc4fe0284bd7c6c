/** The chain rule along a path, built up factor by factor as the playhead comes to them. */
import { HOLE, bracketed, fill, lookUp, printed } from "./formula.js";

/** @typedef {import("./formula.js").Scope} Scope */

/** A way of more edges than these is cut short: so many factors at its ends and on both sides of the present one are written. */
const WHOLE = 24;
const ENDS = 6;
const CUT = -1;

/**
 * The chain rule from the output to one leaf, factor by factor: symbols, then numbers with "?"
 * for the factors that the playhead has not reached, and ⋯ for those in the middle of a long way.
 * @param {number[]} path  edges from the output to the leaf
 * @param {Scope} scope @param {{global: string, local: string}} words
 * @returns {{symbols: string[] | null, closed: string[], numbers: string[] | null}}  the factors in order
 */
export function chain(path, scope, words) {
  const { graph, frame } = scope;
  const elementwise = path.every((e) => graph.edges[e].local_kind === "elementwise");
  const scalar = path.every((e) => !Array.isArray(graph.edges[e].local));
  const times = scalar ? " \\cdot " : " \\odot ";
  const now = path.findIndex((e) => frame?.index === frame?.edgeSteps.get(e));
  const written = cut(path, now);
  const current = now < 0 ? now : written.indexOf(path[now]);
  const reached = (/** @type {number} */ e) => lookUp("local", String(e), scope).shown;
  const fraction = (/** @type {import("./types.js").Edge} */ e) =>
    `\\frac{\\partial ${bracketed(e.target, graph)}}{\\partial ${bracketed(e.source, graph)}}`;
  const factors = written.map((e, i) => {
    if (e === CUT) return "\\cdots";
    const tex = fraction(graph.edges[e]);
    const colour = i === current ? "loc" : reached(e) ? "bwd" : "dim";
    return `\\class{${colour}}{${tex}}`;
  });
  if (elementwise && current > 0) {
    const before = `\\underbrace{${factors.slice(0, current).join(times)}}_{\\text{${words.global}}}`;
    const here = `\\underbrace{${factors[current]}}_{\\text{${words.local}}}`;
    factors.splice(0, current + 1, before, here);
  }
  const symbols = elementwise ? joined(factors, times) : null;
  const closed = elementwise
    ? joined(written.map((e) => (e === CUT ? "\\cdots" : closedFactor(e, scope, reached(e), path.length > 1))), times)
    : opened(nested(path, scope));
  const numbers = scalar && elementwise && scope.numbers
    ? joined(written.map((e, i) => {
      if (e === CUT) return "\\cdots";
      if (!reached(e)) return HOLE;
      const { latex } = printed(graph.edges[e].local, scope);
      const text = latex.startsWith("-") && i > 0 ? `\\left(${latex}\\right)` : latex;
      return `\\class{${i === current ? "loc" : "bwd"}}{${text}}`;
    }), " \\cdot ")
    : null;
  return { symbols, closed, numbers };
}

/** The edges whose factors are written, `CUT` where some are left out. @param {number[]} path @param {number} now  the place of the present one */
function cut(path, now) {
  if (path.length <= WHOLE) return path;
  const kept = path.map((_, i) => i < ENDS || i >= path.length - ENDS || (now >= 0 && Math.abs(i - now) <= ENDS));
  return path.flatMap((e, i) => (kept[i] ? e : kept[i - 1] ? CUT : []));
}

/** @param {string[]} factors @param {string} times */
const joined = (factors, times) => factors.map((f, i) => (i ? times + f : f));

/** @param {number} e @param {Scope} scope @param {boolean} met @param {boolean} many */
function closedFactor(e, scope, met, many) {
  if (!met) return HOLE;
  const edge = scope.graph.edges[e];
  const tex = fill(edge.template, scope);
  return `\\class{loc}{${many && edge.compound ? `\\left(${tex}\\right)` : tex}}`;
}

/** A nested product cut where a line may break, with parentheses that may stand on two lines.
 * @param {string} product */
function opened(product) {
  const flat = product.replace(/\\(left|right)(?=[()])/g, "");
  const out = [];
  let [depth, from] = [0, 0];
  for (let i = 0; i < flat.length; i += 1) {
    if (flat[i] === "{") depth += 1;
    if (flat[i] === "}") depth -= 1;
    if (depth === 0 && i > from && flat.startsWith("\\odot", i)) {
      out.push(flat.slice(from, i));
      from = i;
    }
  }
  return [...out, flat.slice(from)].map((part, i) => (i ? `{} ${part}` : part));
}

/** A path through matrices: each rule is put around what came before; of a long one, the end.
 * @param {number[]} path @param {Scope} scope */
function nested(path, scope) {
  let expression = path.length > WHOLE ? "\\cdots" : "";
  for (const e of path.slice(-WHOLE)) {
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

/** More factors than these are laid out only where they are in sight. */
const MANY = 30;

/** Whether the ways to a leaf are long to read. @param {{pieces: string[]}[]} lines */
export const isLong = (lines) => lines.flatMap((line) => line.pieces).length > MANY;

/** A sum's pieces by addend: those of a long way are laid out one addend at a time. @param {string[]} pieces @returns {string[][]} */
export function addends(pieces) {
  /** @type {string[][]} */
  const found = [[]];
  for (const piece of pieces) {
    if (piece.startsWith("{} + ")) found.push([]);
    found[found.length - 1].push(piece);
  }
  return found;
}
