/** Over the stage: how each layer fares, as bars above its cards, and the path by which a number left its range. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { numberOf } from "../../network/layer.js";
import { layersOf } from "../../network/fare.js";
import { pathOf } from "../../stage/edges.js";
import { viewOf } from "../../stage/scene.js";
import { placed } from "../placed.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../types.js").GraphNode} GraphNode */
/** @typedef {import("../../network/fare.js").Fare} Fare */

const BAR = 8;
const GAP = 4;
/** How wide the button at a corner is, in pixels. */
const CORNER = 34;

/** @param {Context} c */
export function overlay({ state, scope, scene, room, actions, t, dragged }) {
  if (!state.network || !scope || !room || !scene) return nothing;
  const { diagnosis } = state.steer;
  const lit = diagnosis && state.at === diagnosis.iteration && !state.training ? diagnosis.path : [];
  const whole = scope.graph.nodes.filter((n) => n.statistics);
  const all = state.tab === "training" && !scene.large;
  const fares = all || whole.length ? layersOf(state).filter(({ layer }) => all || whole.some((n) => n.id === layer)) : [];
  const cards = state.detail === "tensor" ? whole : [];
  if (!lit.length && !fares.length && !cards.length) return nothing;
  const view = viewOf(scene, room, scope, state.camera);
  return html`<svg class="overlay ${view.fits || dragged ? "" : "following"}" width=${room.w} height=${room.h} viewBox=${`0 0 ${room.w} ${room.h}`} aria-hidden="true">
    <g class="world" transform="translate(${view.x} ${view.y}) scale(${view.k})">${path(scope.graph, scene, lit)}${barsOf(scope.graph, scene, fares)}</g></svg>
    ${cards.map(({ id }) => unfold(id, scene.placed.nodes.get(id), view, { label: t("ui.layer.unfold", { n: numberOf(id) }), press: () => void actions.collapse(id) }))}`;
}

/** A button at the lower corner of a collapsed layer's card. @param {string} id @param {import("../../stage/layout.js").Rect | undefined} at
 * @param {import("../../stage/camera.js").View} view @param {{label: string, press: () => void}} told */
const unfold = (id, at, { x, y, k }, { label, press }) => (at ? html`<button class="unfold-layer" data-layer=${id} aria-label=${label} title=${label} @click=${press}
  ${placed({ x: x + (at.x + at.w) * k - CORNER, y: y + (at.y + at.h) * k - CORNER / 2 })}><span aria-hidden="true">↔</span></button>` : nothing);

/** The nodes of a path as they are drawn: whole, as elements, or inside of layers. @param {GraphNode} node @param {string[]} lit */
const onPath = (node, lit) => lit.includes(node.element?.node ?? node.id) || (node.nodes ?? []).some((n) => lit.includes(n));

/** @param {import("../../types.js").Graph} graph @param {import("../../stage/scene.js").Scene} scene @param {string[]} lit */
function path(graph, scene, lit) {
  const ids = new Set(lit.length ? graph.nodes.filter((n) => onPath(n, lit)).map((n) => n.id) : []);
  const rects = [...ids].flatMap((id) => scene.placed.nodes.get(id) ?? []);
  return svg`${scene.routes.filter((r) => ids.has(r.source) && ids.has(r.target)).map((r) => svg`<path class="broken" d=${pathOf(r)}></path>`)}
    ${rects.map((r) => svg`<rect class="broken" x=${r.x - 5} y=${r.y - 5} width=${r.w + 10} height=${r.h + 10} rx="16"></rect>`)}`;
}

/** Above a layer's weights how long their gradient is; above its output how much of it is saturated or dead.
 * @param {import("../../types.js").Graph} graph @param {import("../../stage/scene.js").Scene} scene @param {Fare[]} fares */
function barsOf(graph, scene, fares) {
  return fares.map((fare) => {
    const own = graph.nodes.filter((n) => !n.element && (n.group ?? n.id) === fare.layer);
    const whole = own.find((n) => n.statistics);
    const weights = whole ?? own.find((n) => n.kind === "parameter" && n.shape.length > 1) ?? own.find((n) => n.kind === "parameter");
    const output = whole ?? own.findLast((n) => n.op !== null);
    const flat = Math.max(fare.saturated ?? -1, fare.dead ?? -1);
    return svg`${bar("norm", fare.length, 0, weights && scene.placed.nodes.get(weights.id))}${flat < 0 ? nothing : bar("flat", flat, whole ? 1 : 0, output && scene.placed.nodes.get(output.id))}`;
  });
}

/** @param {string} kind @param {number} share @param {number} row @param {import("../../stage/layout.js").Rect | undefined} at  the card it stands above */
function bar(kind, share, row, at) {
  if (!at) return nothing;
  const y = at.y - (row + 1) * (BAR + GAP);
  return svg`<rect class="rest" x=${at.x} width=${at.w} y=${y} height=${BAR} rx="4"></rect><rect class=${kind} x=${at.x} width=${at.w * Math.min(1, share)} y=${y} height=${BAR} rx="4"></rect>`;
}
