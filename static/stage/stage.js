/** The stage: describe → measure → layout → picture. Layouts are kept until what they rest on changes. */
import { html, svg, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { number } from "../format.js";
import { plain } from "../names.js";
import { fit, frameBox } from "./camera.js";
import { cardView } from "./card.js";
import { chipOf, chipView } from "./chip.js";
import { describe } from "./describe.js";
import { routes } from "./edges.js";
import { layout } from "./layout.js";
import { METRICS } from "./metrics.js";
import { place } from "./place.js";
import { extent } from "./text.js";

export const DRAWN = 400;

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {{w: number, h: number, look: keyof typeof METRICS}} Room */

/** @type {{key: string, scene: ReturnType<typeof compose> | null}} */
const kept = { key: "", scene: null };

/** What the layout rests on: names, shapes and roles, never numbers. @param {import("../types.js").Graph} graph
 * @param {Room} room */
const restsOn = (graph, room) =>
  JSON.stringify([room, graph.nodes.map((n) => [n.id, n.latex, n.sign, n.shape, n.grad === null, n.folded]), graph.edges.map((e) => [e.source, e.target])]);

/** @param {import("../types.js").Graph} graph @param {Room} room */
function compose(graph, room) {
  const m = METRICS[room.look];
  const description = describe(graph, m);
  const strip = room.look === "projector" ? 0 : m.chip * 1.35 + m.caption * 1.35 + m.pad + 22;
  const usable = { w: room.w - 2 * m.margin, h: room.h - 2 * m.margin - strip * m.minZoom, zoom: m.maxZoom, least: m.minZoom };
  const placed = layout(description.cards, description.links, m, usable);
  const world = { x: 0, y: -strip, w: placed.width, h: placed.height + strip };
  return { m, description, placed, world, routes: routes(placed, description.links), rects: [...placed.nodes.values()] };
}

/** @param {import("../types.js").Graph} graph @param {Room} room */
export function composed(graph, room) {
  const key = restsOn(graph, room);
  if (kept.key !== key || !kept.scene) Object.assign(kept, { key, scene: compose(graph, room) });
  return /** @type {ReturnType<typeof compose>} */ (kept.scene);
}

/** The view that frames everything, or where that would be too small the active cards.
 * @param {ReturnType<typeof compose>} scene @param {Room} room @param {Scope} scope @param {import("./camera.js").View | null} own */
export function viewOf(scene, room, scope, own) {
  if (own) return { ...own, fits: true };
  const whole = fit(scene.world, room, scene.m);
  if (whole.fits) return whole;
  const active = activeRects(scene, scope);
  if (!active.length) active.push(scene.rects[0]);
  const x = Math.min(...active.map((r) => r.x));
  const y = Math.min(...active.map((r) => r.y)) - 60;
  const box = { x, y, w: Math.max(...active.map((r) => r.x + r.w)) - x, h: Math.max(...active.map((r) => r.y + r.h)) - y };
  const k = Math.max(scene.m.minZoom * 0.62, Math.min(scene.m.minZoom, (room.w - 24) / box.w));
  return { ...frameBox(box, scene.world, room, room.look === "projector" ? scene.m.minZoom : k, scene.m.margin), fits: false };
}

/** @param {ReturnType<typeof compose>} scene @param {Scope} scope */
function activeRects(scene, scope) {
  const step = scope.frame?.step;
  if (!step) return [];
  const ids = step.source ? [step.source, step.node] : [step.node];
  return ids.map((id) => scene.placed.nodes.get(id)).filter((r) => r !== undefined);
}

/**
 * @param {State} state @param {Room} room @param {Scope} scope
 * @param {{t: (key: string, params?: Record<string, string | number>) => string, choose: (id: string) => void,
 *   edit: (id: string) => void, pointed: string[]}} tools
 */
export function stageView(state, room, scope, tools) {
  const { graph } = scope;
  const scene = composed(graph, room);
  const view = viewOf(scene, room, scope, state.camera);
  const chip = chipOf(scope, scene.m, tools.t);
  return html`<svg id="stage" class="stage ${view.fits ? "" : "following"} ${state.pending ? "waiting" : ""}" width=${room.w} height=${room.h} viewBox=${`0 0 ${room.w} ${room.h}`}
    role="group" aria-label=${tools.t("ui.stage")} data-zoom=${view.k}>
    <defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"></path></marker></defs>
    <g class="world" transform="translate(${view.x} ${view.y}) scale(${view.k})">
      ${edgesView(scene, scope)}
      ${repeat(scene.description.cards, (c) => c.id, (c) => cardView(cardState(c, scene, state, scope, tools)))}
      ${chip ? placedChip(chip, scene, room, view, scope, tools.t) : nothing}
      ${travellers(scene, scope)}
    </g>
  </svg>${view.fits ? nothing : thumbnail(scene, room, view, scope)}`;
}

/** @param {ReturnType<typeof compose>} scene @param {Scope} scope */
function edgesView(scene, scope) {
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

/** @param {import("./describe.js").Card} card @param {ReturnType<typeof compose>} scene @param {State} state
 * @param {Scope} scope @param {any} tools */
function cardState(card, scene, state, scope, tools) {
  const { frame, graph } = scope;
  const f = /** @type {import("../player.js").NodeFrame} */ (frame?.nodes.get(card.id));
  return {
    card, at: /** @type {import("./layout.js").Rect} */ (scene.placed.nodes.get(card.id)), m: scene.m, frame: f,
    digits: scope.digits, lang: scope.lang, numbers: scope.numbers,
    output: plain(graph.nodes.find((n) => n.id === graph.output)?.latex ?? graph.output),
    selected: state.select === card.id, pointed: tools.pointed.includes(card.id), kept: keptFor(card.id, scope),
    phase: frame?.step?.phase ?? "", stale: state.pending && card.node.op !== null,
    update: graph.updates.find((u) => u.parameter === card.id) ?? null, role: card.node.kind,
    literal: (/** @type {string} */ id) => number(/** @type {any} */ (graph.nodes.find((n) => n.id === id)?.value ?? null), null, scope.lang).text,
    t: tools.t, choose: tools.choose, edit: tools.edit,
  };
}

/** A forward value that the local derivative of this step reads. @param {string} id @param {Scope} scope */
function keptFor(id, { frame }) {
  if (!frame?.edge || (frame.begun && frame.beat < 2)) return false;
  return frame.edge.template.includes(`:${id}»`) || frame.edge.template.includes(`:${id}!»`) || frame.edge.template.includes(`:${id}+»`);
}

/** @param {NonNullable<ReturnType<typeof chipOf>>} chip @param {ReturnType<typeof compose>} scene @param {Room} room
 * @param {import("./camera.js").View} view @param {Scope} scope */
function placedChip(chip, scene, room, view, scope, tools.t) {
  const active = activeRects(scene, scope);
  if (!active.length) return nothing;
  const inset = 8 / view.k;
  const bounds = { x: -view.x / view.k + inset, y: -view.y / view.k + inset, w: room.w / view.k - 2 * inset, h: room.h / view.k - 2 * inset };
  const share = Math.min(1, bounds.w / chip.w);
  const m = share < 1 ? smaller(scene.m, share) : scene.m;
  const fitting = share < 1 ? chipOf(scope, m, t) ?? chip : chip;
  const at = place({ w: fitting.w, h: fitting.h }, active, scene.rects, bounds);
  const edge = scope.frame?.edge ? scope.graph.edges.indexOf(scope.frame.edge) : -1;
  const route = scene.routes.find((r) => r.index === edge);
  const card = active[active.length - 1];
  const anchor = route ? route.middle : { x: card.x + card.w / 2, y: at.y > card.y ? card.y + card.h : card.y };
  return chipView(fitting, at, anchor, scope, m);
}

/** @param {import("./metrics.js").Metrics} m @param {number} share @returns {import("./metrics.js").Metrics} */
const smaller = (m, share) => ({ ...m, chip: m.chip * share, caption: m.caption * share, cellText: m.cellText * share, value: m.value * share, cell: m.cell.map((x) => x * share) });

/** @param {ReturnType<typeof compose>} scene @param {Scope} scope */
function travellers(scene, scope) {
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

/** Where the camera is, when it cannot show everything. @param {ReturnType<typeof compose>} scene
 * @param {Room} room @param {import("./camera.js").View} view @param {Scope} scope */
function thumbnail(scene, room, view, scope) {
  const { world } = scene;
  const active = new Set(activeRects(scene, scope));
  const w = Math.min(150, room.w * 0.34);
  return html`<svg class="thumbnail" width=${w} height=${(w * world.h) / world.w} viewBox=${`${world.x - 20} ${world.y - 20} ${world.w + 40} ${world.h + 40}`} aria-hidden="true">
    ${scene.routes.map((r) => svg`<path class="edge" d=${r.path}></path>`)}
    ${scene.rects.map((r) => svg`<rect class=${active.has(r) ? "now" : ""} x=${r.x} y=${r.y} width=${r.w} height=${r.h} rx="14"></rect>`)}
    <rect class="window" x=${-view.x / view.k} y=${-view.y / view.k} width=${room.w / view.k} height=${room.h / view.k} rx="10"></rect></svg>`;
}
