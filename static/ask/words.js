/** What a question asks about, as mathematics and as plain text. */
import { latexOfNode, nodeOf } from "../indexed.js";
import { plain } from "../names.js";

/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("./due.js").Question} Question */

/** @param {string} above @param {string} below */
const over = (above, below) => `\\frac{\\partial ${above}}{\\partial ${below}}`;

/** @param {Graph} graph @param {Question} q @returns {{latex: string, plain: string}} */
export function subject(graph, { kind, step, cell }) {
  const { node, source } = graph.steps[step];
  const name = (/** @type {string} */ id) => latexOfNode(graph, id);
  const [output, target, from] = [name(graph.output), name(node), name(source ?? node)];
  const of = (/** @type {string} */ above, /** @type {string} */ below) => ({ latex: over(above, below), plain: `∂${plain(above)}/∂${plain(below)}` });
  const size = nodeOf(graph, source ?? node)?.shape.reduce((a, b) => a * b, 1) ?? 1;
  const at = cell && size > 1 ? `_{[${cell.map((i) => i + 1).join(", ")}]}` : "";
  const placed = (/** @type {{latex: string, plain: string}} */ s) => (at ? { latex: `\\left(${s.latex}\\right)${at}`, plain: `${s.plain} [${cell?.map((i) => i + 1).join(", ")}]` } : s);
  if (kind === "local") return placed(of(target, from));
  if (kind === "product" && graph.steps[step].source) {
    const [g, d] = [of(output, target), of(target, from)];
    const whole = of(output, from);
    const alone = graph.steps.filter((s) => s.source === source).length === 1;
    return placed(alone ? whole : { latex: `${g.latex} \\cdot ${d.latex}`, plain: `${g.plain} · ${d.plain}` });
  }
  if (kind === "sum") return placed(of(output, from));
  return placed({ latex: from, plain: plain(from) });
}

/** What can be pointed at as what comes next: what has not had its turn. @param {Graph} graph @param {number} step @returns {string[]} */
export function choices(graph, step) {
  const { phase } = graph.steps[step];
  const same = (/** @type {string} */ p) => (p === "loss" ? "forward" : p) === (phase === "loss" ? "forward" : phase);
  return [...new Set(graph.steps.slice(step).filter((s) => same(s.phase)).map((s) => s.source ?? s.node))].sort((a, b) => a.localeCompare(b)).slice(0, 8);
}
