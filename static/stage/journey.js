/** Edges, and what travels along those of the active step. */
import { noChange, nothing, svg } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { number } from "../format.js";
import { nodeOf } from "../indexed.js";
import { boxOf, pathOf } from "./edges.js";
import { activeEdges, edgeState } from "./passing.js";
import { overlap } from "./place.js";
import { extent } from "./text.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../formula.js").Scope} Scope */

/** Each edge has its place, empty until it is near what is in sight, and as it was when it is far again. @param {import("./edges.js").Route[]} routes @param {Scope} scope
 * @param {import("./camera.js").Rect | null} seen  null for everything
 * @param {(box: import("./camera.js").Rect) => boolean} waits  whether what stands there may stay as it was */
export function edgesView(routes, scope, seen, waits) {
  const { frame } = scope;
  const lit = new Set(activeEdges(scope));
  return repeat(routes, (r) => r, (r) => {
    if (waits(boxOf(r)) || (seen && !overlap(boxOf(r), seen))) return noChange;
    const state = edgeState(r, frame, lit);
    return guard([r, state], () => edgeView(r, state));
  });
}

/** @param {import("./edges.js").Route} route @param {string} state */
function edgeView(route, state) {
  const tip = state === "now fwd" ? "url(#tip)" : nothing;
  const start = state === "now bwd" || state === "back" ? "url(#tip)" : nothing;
  return svg`<path class="edge ${state}" data-edge=${route.index} data-from=${route.source} data-to=${route.target} d=${pathOf(route)} marker-end=${tip} marker-start=${start}></path>`;
}

/** @param {Scene} scene @param {Scope} scope */
export function travellers(scene, scope) {
  const back = scope.frame?.step?.phase === "backward";
  // Until the step is done its number is a question.
  return activeEdges(scope).filter((e) => scene.byEdge.has(e) && !(back && scope.frame?.begun)).map((e) => {
    return svg`<g class="traveller ${back ? "bwd" : "fwd"}" data-traveller=${e} aria-hidden="true">${freight(e, back, scene.m, scope)}</g>`;
  });
}

/** What travels: the value forward, the contribution backward. @param {number} index @param {boolean} back
 * @param {import("./metrics.js").Metrics} m @param {Scope} scope */
function freight(index, back, m, scope) {
  const edge = scope.graph.edges[index];
  const value = back ? edge.contribution : nodeOf(scope.graph, edge.source)?.value ?? null;
  if (Array.isArray(value) || value === null || !scope.numbers) return svg`<circle r=${m.small / 2}></circle>`;
  const text = number(value, scope.digits, scope.lang).text;
  const w = extent(text, m.small * 1.1) + m.small;
  return svg`<rect x=${-w / 2} y=${-m.small} width=${w} height=${m.small * 2} rx=${m.small}></rect><text y=${m.small * 0.38} font-size=${m.small * 1.1}>${text}</text>`;
}
