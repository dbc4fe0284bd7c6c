/** Edges, and what travels along those of the active step. */
import { svg, nothing } from "../vendor/lit-html/lit-html.js";
import { number } from "../format.js";
import { extent } from "./text.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../formula.js").Scope} Scope */

/** @param {Scene} scene @param {Scope} scope */
export function edgesView(scene, scope) {
  const { frame, graph } = scope;
  const lit = new Set(activeEdges(scope));
  return scene.routes.map((r) => {
    const walked = frame && frame.edgeSteps.has(r.index) && frame.done(frame.edgeSteps.get(r.index) ?? 0);
    const now = lit.has(r.index);
    const phase = frame?.step?.phase === "backward" ? "bwd" : "fwd";
    const kind = now ? `now ${phase}` : walked ? "back" : frame?.nodes.get(r.target)?.hasValue ? "passed" : "";
    const tip = now && phase === "fwd" ? "url(#tip)" : nothing;
    const start = (now && phase === "bwd") || (walked && !now) ? "url(#tip)" : nothing;
    return svg`<path class="edge ${kind}" data-edge=${r.index} data-from=${graph.edges[r.index].source} d=${r.path} marker-end=${tip} marker-start=${start}></path>`;
  });
}

/** @param {Scope} scope @returns {number[]} */
export function activeEdges({ graph, frame }) {
  const step = frame?.step;
  if (!step || step.phase === "update") return [];
  if (frame?.edge) return [graph.edges.indexOf(frame.edge)];
  if (step.phase === "backward") return [];
  return graph.edges.flatMap((e, i) => (e.target === step.node ? [i] : []));
}

/** @param {Scene} scene @param {Scope} scope */
export function travellers(scene, scope) {
  const back = scope.frame?.step?.phase === "backward";
  return activeEdges(scope).filter((e) => scene.routes.some((r) => r.index === e)).map((e) => {
    return svg`<g class="traveller ${back ? "bwd" : "fwd"}" data-traveller=${e} aria-hidden="true">${freight(e, back, scene.m, scope)}</g>`;
  });
}

/** What travels: the value forward, the contribution backward. @param {number} index @param {boolean} back
 * @param {import("./metrics.js").Metrics} m @param {Scope} scope */
function freight(index, back, m, scope) {
  const edge = scope.graph.edges[index];
  const value = back ? edge.contribution : scope.graph.nodes.find((n) => n.id === edge.source)?.value ?? null;
  if (Array.isArray(value) || value === null || !scope.numbers) return svg`<circle r=${m.small / 2}></circle>`;
  const text = number(value, scope.digits, scope.lang).text;
  const w = extent(text, m.small * 1.1) + m.small;
  return svg`<rect x=${-w / 2} y=${-m.small} width=${w} height=${m.small * 2} rx=${m.small}></rect><text y=${m.small * 0.38} font-size=${m.small * 1.1}>${text}</text>`;
}
