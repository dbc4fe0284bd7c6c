/** The cheat sheet: every rule of this graph, the one in use lit, "?" until it has been met. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { fill } from "../formula.js";
import { latexOfNode, nodeOf } from "../indexed.js";
import { math } from "../math.js";

/** @param {import("./context.js").Context} c */
export function rules(c) {
  const { state, scope, t } = c;
  const { graph } = state;
  if (!graph || !scope?.frame) return html`<p class="empty">${t("ui.noGraph")}</p>`;
  const { frame } = scope;
  const edges = graph.edges.map((e, i) => ({ e, i })).filter(({ i }) => frame.edgeSteps.has(i));
  const output = latexOfNode(graph, graph.output);
  const name = (/** @type {string} */ id) => latexOfNode(graph, id);
  return html`<h2 class="where">${t("ui.rulesTitle")}</h2><p class="hint">${t("ui.rulesText")}</p>
    <ol class="rules">${edges.map(({ e, i }) => {
      const at = frame.edgeSteps.get(i) ?? 0;
      const now = frame.index === at;
      const met = frame.done(at) || (now && frame.beat >= 2);
      const left = e.local_kind === "elementwise" ? `\\frac{\\partial ${name(e.target)}}{\\partial ${name(e.source)}}` : `\\frac{\\partial ${output}}{\\partial ${name(e.source)}}`;
      const upstream = `\\frac{\\partial ${output}}{\\partial ${name(e.target)}}`;
      const right = met ? fill(e.template, scope).replace(/«g[!+]?»/g, upstream) : "?";
      return html`<li class="${now ? "now" : ""} ${met ? "met" : ""}" aria-current=${now ? "step" : "false"}><span ${math(`${left} = \\class{loc}{${right}}`, false)}></span></li>`;
    })}</ol>${general(c, graph)}`;
}

/** The general rule of each operation of this graph. @param {import("./context.js").Context} c
 * @param {import("../types.js").Graph} graph */
function general(c, graph) {
  const { frame } = /** @type {import("../formula.js").Scope} */ (c.scope);
  const used = new Set(graph.nodes.map((n) => n.op));
  const current = frame?.step?.phase === "backward" ? nodeOf(graph, frame.step.node)?.op : null;
  const rows = c.state.ops.filter((op) => used.has(op.name));
  if (!rows.length) return nothing;
  return html`<h2 class="where">${c.t("ui.rulesGeneral")}</h2><ol class="rules">${rows.map((op) => html`<li class="met ${op.name === current ? "now" : ""}">
    <div ${math(`f = ${op.latex}`, false)}></div>${(op.local_latex ?? []).map((tex, i) => html`<div ${math(`\\frac{\\partial f}{\\partial ${"xyw"[i] ?? "x"}} = \\class{loc}{${tex}}`, false)}></div>`)}
    <p class="hint">${op.doc[c.state.lang]}</p></li>`)}</ol>`;
}
