/** The stage as one SVG: edges, cards, the active step's numbers, and what travels. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { number } from "../format.js";
import { plain } from "../names.js";
import { cardView } from "./card.js";
import { chipOf, chipView } from "./chip.js";
import { edgesView, travellers } from "./journey.js";
import { place } from "./place.js";
import { activeRects, composed, viewOf } from "./scene.js";
import { thumbnail } from "./thumbnail.js";

export const DRAWN = 400;
/** The camera's buttons in the lower right corner, in pixels of the screen. */
const BUTTONS = { w: 130, h: 52 };

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {import("./scene.js").Room} Room */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {NonNullable<ReturnType<typeof chipOf>>} Chip */

/**
 * @param {State} state @param {Room} room @param {Scope} scope
 * @param {{t: (key: string, params?: Record<string, string | number>) => string, choose: (id: string) => void,
 *   edit: (id: string) => void, pointed: string[]}} tools
 */
export function stageView(state, room, scope, tools) {
  const { graph } = scope;
  const scene = composed(graph, room);
  const view = viewOf(scene, room, scope, state.camera);
  const chip = placedChip(scene, room, view, scope, tools.t);
  return html`<svg id="stage" class="stage ${view.fits ? "" : "following"} ${state.pending ? "waiting" : ""}" width=${room.w} height=${room.h} viewBox=${`0 0 ${room.w} ${room.h}`}
    role="group" aria-label=${tools.t("ui.stage")} data-zoom=${view.k}>
    <defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"></path></marker></defs>
    <g class="world" transform="translate(${view.x} ${view.y}) scale(${view.k})">
      ${edgesView(scene, scope)}
      ${repeat(scene.description.cards, (c) => c.id, (c) => cardView(cardState(c, scene, state, scope, tools)))}
      ${chip ? chipView(chip.chip, chip.at, chip.anchor, scope, chip.m) : nothing}
      ${travellers(scene, scope)}
    </g>
  </svg>${view.fits ? nothing : thumbnail(scene, room, view, scope, chip?.at)}`;
}

/** @param {import("./describe.js").Card} card @param {Scene} scene @param {State} state
 * @param {Scope} scope @param {any} tools */
function cardState(card, scene, state, scope, tools) {
  const { frame, graph } = scope;
  const f = /** @type {import("../player.js").NodeFrame} */ (frame?.nodes.get(card.id));
  return {
    card: { ...card, node: graph.nodes.find((n) => n.id === card.id) ?? card.node }, at: /** @type {import("./layout.js").Rect} */ (scene.placed.nodes.get(card.id)), m: scene.m, frame: f,
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

/** The numbers of the active step, and where they stand. @param {Scene} scene @param {Room} room
 * @param {import("./camera.js").View} view @param {Scope} scope
 * @param {(key: string) => string} t */
function placedChip(scene, room, view, scope, t) {
  const chip = chipOf(scope, scene.m, t);
  const active = activeRects(scene, scope);
  if (!chip || !active.length) return null;
  const inset = 8 / view.k;
  const bounds = { x: -view.x / view.k + inset, y: -view.y / view.k + inset, w: room.w / view.k - 2 * inset, h: room.h / view.k - 2 * inset };
  const { m, chip: fitting } = fitted(chip, scene.m, bounds.w, (/** @type {import("./metrics.js").Metrics} */ m) => chipOf(scope, m, t) ?? chip);
  const read = scene.description.cards.filter((c) => keptFor(c.id, scope)).flatMap((c) => scene.placed.nodes.get(c.id) ?? []);
  if (room.look === "desk") read.push({ x: bounds.x + bounds.w - BUTTONS.w / view.k, y: bounds.y + bounds.h - BUTTONS.h / view.k, w: BUTTONS.w / view.k, h: BUTTONS.h / view.k });
  const points = scene.routes.flatMap((r) => r.points);
  const at = place({ w: fitting.w, h: fitting.h }, active, read, scene.rects, bounds, points);
  const edge = scope.frame?.edge ? scope.graph.edges.indexOf(scope.frame.edge) : -1;
  const route = scene.routes.find((r) => r.index === edge);
  const card = active[active.length - 1];
  const anchor = route ? route.middle : { x: card.x + card.w / 2, y: at.y > card.y ? card.y + card.h : card.y };
  return { chip: fitting, at, anchor, m };
}

/** The chip in its room: matrices give way to their shapes before type becomes too small to read.
 * @param {Chip} chip @param {import("./metrics.js").Metrics} m @param {number} room
 * @param {(m: import("./metrics.js").Metrics) => Chip} make */
function fitted(chip, m, room, make) {
  if (chip.w <= room) return { m, chip };
  if (m.chipText * (room / chip.w) >= m.least) return { m: smaller(m, room / chip.w), chip: make(smaller(m, room / chip.w)) };
  const shapes = make({ ...m, chipGrid: 0 });
  const tight = { ...smaller(m, Math.min(1, room / shapes.w)), chipGrid: 0 };
  return { m: tight, chip: make(tight) };
}

/** @param {import("./metrics.js").Metrics} m @param {number} share @returns {import("./metrics.js").Metrics} */
const smaller = (m, share) => ({ ...m, chip: m.chip * share, caption: m.caption * share, chipText: m.chipText * share, value: m.value * share, chipCell: m.chipCell.map((x) => x * share) });
