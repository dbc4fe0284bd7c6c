/** Beside the stage: what this step does in one sentence, and its chain rule in mathematics. */
import { html, noChange, nothing } from "../vendor/lit-html/lit-html.js";
import { chain, isLong } from "../chain.js";
import { fill, pieces } from "../formula.js";
import { indexed, latexOfNode, nodeOf } from "../indexed.js";
import { math } from "../math.js";
import { plain } from "../names.js";
import { currentIndex } from "../player.js";
import { toldStep } from "../words.js";
import { equation } from "./equation.js";
import { layerStep } from "./network/layer.js";
import { updateBox } from "./network/update.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} c */
export function ledger(c) {
  const { state, t, scope } = c;
  if (!scope || !state.graph) return html`<p class="empty">${t("ui.noGraph")}</p>`;
  const step = toldStep(state.graph, scope.frame?.index ?? -1, scope.words);
  const layer = step && (state.graph.detail === "layer" || nodeOf(state.graph, step.node)?.nodes);
  return html`${c.part === "ways" ? noChange : told(c, step, Boolean(layer))}${layer ? nothing : c.part === "told" ? noChange : chainBox(c)}`;
}

/** What this step does. @param {Context} c @param {import("../types.js").Step | null} step @param {boolean} layer  whether it is one of a whole layer */
function told(c, step, layer) {
  const { state, t, scope } = c;
  const graph = /** @type {import("../types.js").Graph} */ (state.graph);
  if (!step) return html`<h2 class="where">${t("ui.beginning")}</h2><p class="sentence">${t("ui.beginningText")}</p>`;
  const where = html`<h2 class="where ${step.phase}">${t(`ui.phase.${step.phase}`)} · ${t("ui.stepOf", { step: currentIndex(state) + 1, total: graph.steps.length })}</h2>`;
  return layer ? html`${where}${layerStep(c, step)}` : html`${where}<p class="sentence">${scope?.mean && !step.text ? t("ui.batch.meanStep") : sentence(step.text ?? "", graph)}</p>
    ${thisStep(c, step)}
    ${c.parts.product?.productBox(c) ?? nothing}`;
}

/** The step's equations; of an update, each of its numbers. @param {Context} c @param {import("../types.js").Step} step */
function thisStep(c, step) {
  const update = step.phase === "update" ? c.state.graph && indexed(c.state.graph).updates.get(step.node) : undefined;
  const told = update?.terms?.length || !step.lines;
  return html`${told ? nothing : html`<section class="box this-step ${step.phase}"><h3>${c.t("ui.thisStep")}</h3>${lines(c, Boolean(c.parts.product?.pictured(c, c.scope?.frame?.edge ?? null))).map((l) => equation(l.name, l.pieces))}</section>`}
    ${update && (c.state.network || Array.isArray(update.old)) ? updateBox(c, update) : nothing}`;
}

/** A sentence with the names of this graph typeset. @param {string} text
 * @param {import("../types.js").Graph} graph */
function sentence(text, graph) {
  const { names, pattern } = typeset.get(graph) ?? typesetNames(graph);
  if (!pattern) return text;
  return text.split(pattern).map((part) => (names.has(part) ? html`<span class="math" ${math(names.get(part) ?? part)}></span>` : part));
}

/** Which names of a graph are typeset, and where they stand in a text. @type {WeakMap<import("../types.js").Graph, {names: Map<string, string>, pattern: RegExp | null}>} */
const typeset = new WeakMap();

/** @param {import("../types.js").Graph} graph */
function typesetNames(graph) {
  const raised = graph.nodes.filter((n) => !n.folded).map((n) => /** @type {const} */ ([plain(n.latex), n.latex])).filter(([n]) => /[^\p{L}\p{N}]|[⁰¹²³⁴-⁹₀-₉]/u.test(n));
  const names = new Map(raised);
  const escaped = [...names.keys()].sort((a, b) => b.length - a.length).map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = { names, pattern: escaped.length ? new RegExp(`(${escaped.join("|")})`) : null };
  typeset.set(graph, found);
  return found;
}

/** The lines of the step that the playhead has come to. @param {Pick<Context, "scope">} c @param {boolean} [drawn]  whether its product is drawn as a picture */
export function lines({ scope }, drawn = false) {
  const frame = scope?.frame;
  if (!scope || !frame?.step) return [];
  const waits = frame.begun && frame.step.source && frame.beat < 2;
  return (toldStep(scope.graph, frame.index, scope.words)?.lines ?? [])
    .filter((l) => !(drawn && l.name === "product"))
    .filter((l) => l.name === "rule" || scope.numbers || (l.name === "local" && !waits))
    .filter((l) => !(waits && l.name === "local"))
    .filter((l) => !(frame.begun && l.name === "total"))
    .map((l) => ({ name: l.name, pieces: pieces(!scope.numbers && l.name === "local" ? symbolic(l.latex) : l.latex).map((p) => fill(p, scope)) }));
}

/** A local derivative without its numbers. @param {string} template */
const symbolic = (template) => template.split(/= \\fwd|«rel:/)[0];

/** The way from the output to the selected leaf. @param {Context} c */
function chainBox(c) {
  const found = chainLines(c);
  const long = found !== null && isLong(found.lines);
  return found ? html`<section class="box chain ${long ? "long" : ""}"><h3>${c.t("ui.wayTo")} ${picker(c, found.leaf)}</h3>
    ${found.lines.map((line) => equation(line.name, line.pieces, long))}
  </section>` : nothing;
}

/** The chain rule from the output to the selected leaf, as far as the playhead has come.
 * @param {Pick<Context, "state" | "scope" | "t"> & {parts?: Context["parts"]}} c */
export function chainLines({ state, scope, t, parts: { ways } = {} }) {
  const { graph } = state;
  const leaves = leavesOf(graph, ways);
  const leaf = leaves.includes(state.select) ? state.select : leaves[0];
  const node = graph && nodeOf(graph, leaf);
  if (!scope || !node) return null;
  const entry = graph.paths?.[leaf] ?? ways?.waysTo(graph, leaf);
  if (!entry) return null;
  const output = latexOfNode(graph, graph.output);
  const words = { global: t("ui.global"), local: t("ui.local") };
  const parts = entry.paths.map((p) => chain(p, scope, words));
  const left = `\\frac{\\partial ${output}}{\\partial ${node.latex}}`;
  const sum = (/** @type {"symbols" | "closed" | "numbers"} */ key) =>
    [...parts.flatMap((p, i) => (p[key] ?? []).map((f, j) => (i && !j ? `{} + ${f}` : f))), ...(entry.more ? ["{} + \\cdots"] : [])];
  const numbers = parts.every((p) => p.numbers !== null);
  const done = scope.frame?.nodes.get(leaf)?.grad === "done" && scope.numbers && node.shape.length === 0;
  const result = done ? fill(`«rel:grad:${leaf}» \\bwd{«grad:${leaf}»}`, scope) : "";
  const begun = scope.frame?.step && ["backward", "update"].includes(scope.frame.step.phase);
  return { leaf, lines: [
    ...(parts[0].symbols ? [{ name: "symbols", pieces: [`${left} =`, ...sum("symbols")] }] : []),
    ...(begun || !parts[0].symbols ? [{ name: "closed", pieces: [parts[0].symbols ? "{} = {}" : `${left} =`, ...sum("closed")] }] : []),
    ...(begun && numbers ? [{ name: "numbers", pieces: ["{} = {}", ...sum("numbers"), result] }] : []),
  ] };
}

/** The leaves that some way leads to. @param {import("../types.js").Graph | null} graph @param {Context["parts"]["ways"]} ways */
const leavesOf = (graph, ways) => (graph?.paths ? Object.keys(graph.paths).filter((leaf) => graph.paths?.[leaf].paths.length) : graph && ways ? ways.leavesOf(graph) : []);

/** @param {Context} c @param {string} leaf */
function picker(c, leaf) {
  const graph = /** @type {import("../types.js").Graph} */ (c.state.graph);
  return html`<select aria-label=${c.t("ui.wayTo")} @change=${(/** @type {Event} */ e) => c.actions.select(/** @type {HTMLSelectElement} */ (e.target).value)}>
    ${leavesOf(graph, c.parts.ways).map((n) => html`<option value=${n} ?selected=${n === leaf}>${plain(latexOfNode(graph, n))}</option>`)}</select>`;
}

/** What happened, in words, for the live region. @param {Context} c */
export function spoken(c) {
  const { scope, state, t } = c;
  const step = scope && toldStep(scope.graph, scope.frame?.index ?? -1, scope.words);
  if (!scope || !step || !state.graph) return "";
  const { graph } = state;
  const name = (/** @type {string} */ id) => plain(latexOfNode(graph, id));
  const position = t("ui.stepOf", { step: currentIndex(state) + 1, total: state.graph.steps.length });
  const frame = /** @type {import("../player.js").Frame} */ (scope.frame);
  if (frame.begun) return `${position}. ${step.text ?? ""}`;
  const output = name(state.graph.output);
  if (frame.edge && frame.edge.local !== null && scope.numbers && !scope.mean) {
    const upstream = nodeOf(graph, step.node)?.grad ?? null;
    const said = t("ui.saidBackward", { output, source: name(frame.edge.source), global: c.number(upstream), local: c.number(frame.edge.local), result: c.number(frame.edge.contribution) });
    return `${position}. ${step.text ?? ""} ${said}`;
  }
  const node = nodeOf(graph, step.node);
  const value = step.phase === "update" ? indexed(graph).updates.get(step.node)?.new ?? null : step.phase === "backward" ? frame.nodes.get(step.source ?? step.node)?.total ?? null : node?.value ?? null;
  const left = step.phase === "backward" ? `∂${output}/∂${name(step.source ?? step.node)}` : name(step.node);
  return `${position}. ${step.text ?? ""} ${scope.numbers ? `${left} = ${c.number(value)}` : ""}`;
}
