/** The stage as one SVG: edges, cards, the active step's numbers, and what travels. */
import { html, noChange, nothing } from "../vendor/lit-html/lit-html.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { indexed } from "../indexed.js";
import { cardView } from "./card.js";
import { chipView } from "./chip.js";
import { boxOf } from "./edges.js";
import { edgesView, travellers } from "./journey.js";
import { levelOf } from "./level.js";
import { sight } from "./camera.js";
import { overlap } from "./place.js";
import { placedChip } from "./placed.js";
import { viewOf } from "./scene.js";
import { lookedAt } from "../network/element.js";
import { linked } from "../linked.js";
import { cellMark, linksView } from "./links.js";
import { elementAt } from "./pointed.js";
import { cardsOf, readBy, styleOf } from "./shown.js";
import { thumbnail } from "./thumbnail.js";

/** More cards than these are drawn without shadows and fading, and without text where nobody sees it. */
const QUIET = 60;

/** Scenes that were drawn: before that, what is out of sight has no place yet. @type {WeakSet<import("./scene.js").Scene>} */
const drawn = new WeakSet();

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {import("./scene.js").Room} Room */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {{t: (key: string, params?: Record<string, string | number>) => string, choose: (id: string) => void,
 *   edit: (id: string) => void, hover: (element: string, card?: string) => void, pointed: string[],
 *   dragged: boolean, beyond: number}} Tools  `dragged`: whether steps go by too quickly for the picture to glide; `beyond`: how many cards out of sight are drawn anew */

/**
 * Edges, what they are pointed at by, and cards have a group each: where a page has MathML, browsers find
 * the style of all that follows in a group anew when something is put into it.
 * @param {Scene} scene @param {State} state @param {Room} room @param {Scope} scope @param {Tools} tools
 */
export function stageView(scene, state, room, scope, tools) {
  const view = viewOf(scene, room, scope, state.camera);
  const kept = readBy(scope);
  const chip = placedChip(scene, room, view, scope, kept, tools.t);
  const style = styleOf(scene.m, levelOf(view.k, scene.m), scope, tools.t);
  const many = scene.description.cards.length > QUIET;
  const seen = many ? sight(view, room, 0.5) : null;
  // Null where all are drawn in this task.
  const first = many && tools.beyond < Infinity ? sight(view, room) : null;
  const waits = (/** @type {import("./camera.js").Rect | undefined} */ at) => first !== null && at !== undefined && !overlap(at, first);
  const opening = first !== null && tools.beyond === 0 && !drawn.has(scene);
  drawn.add(scene);
  const cards = [...cardsOf(scene, scope.graph).values()];
  let left = tools.beyond;
  const kinds = ["stage", view.fits ? "" : "following", many ? "many" : "", tools.dragged ? "dragged" : "", state.pending ? "waiting" : ""];
  const looked = lookedAt(state);
  const look = (/** @type {Event} */ e) => tools.hover(elementAt(scope.graph, e.target));
  const leave = () => tools.hover("");
  return html`<div id="stage" class=${kinds.filter(Boolean).join(" ")} role="group" aria-label=${tools.t("ui.stage")} data-zoom=${view.k}
    @pointerover=${look} @focusin=${look} @pointerleave=${leave} @focusout=${leave}>
    <div class="world" .style=${`transform: translate(${view.x}px, ${view.y}px)`}><svg width=${scene.world.w * view.k} height=${scene.world.h * view.k}>
      <defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"></path></marker></defs>
      <g transform="scale(${view.k})">
        <g>${edgesView(opening ? scene.routes.filter((r) => !waits(boxOf(r))) : scene.routes, scope, seen, waits)}</g><g>${first ? noChange : linksView(scene, scope.graph, looked, seen)}</g>
        <g>${repeat(opening ? cards.filter((c) => !waits(scene.placed.nodes.get(c.id))) : cards, (c) => c.id, (c) => (waits(scene.placed.nodes.get(c.id)) && left-- <= 0 ? noChange : unlessSame(cardState(c, scene, state, scope, style, kept, seen, tools))))}</g>
        ${cellMark(scene, looked, style.level === "numbers")}
        ${chip ? chipView(chip.chip, chip.at, chip.anchor, scope, chip.m) : nothing}
        ${travellers(scene, scope)}
      </g></svg></div></div>${view.fits ? nothing : thumbnail(scene, room, view, scope, chip?.at)}`;
}

/** A card is drawn anew only if something that it shows has changed. @param {import("./card.js").CardView} v */
const unlessSame = (v) =>
  guard([v.card, v.at, v.frame, v.style, v.selected, v.pointed, v.kept, v.phase, v.stale, v.update, v.bare, v.linked], () => cardView(v));

/** @param {import("./describe.js").Card} card @param {Scene} scene @param {State} state @param {Scope} scope
 * @param {import("./face.js").Style} style @param {Set<string>} kept @param {import("./camera.js").Rect | null} seen @param {Tools} tools @returns {import("./card.js").CardView} */
function cardState(card, scene, state, { frame, graph }, style, kept, seen, tools) {
  const own = /** @type {import("../player.js").NodeFrame} */ (frame?.nodes.get(card.id));
  const at = /** @type {import("./layout.js").Rect} */ (scene.placed.nodes.get(card.id));
  return {
    card, at, frame: own, style, bare: seen !== null && !overlap(at, seen),
    selected: state.select === card.id, pointed: tools.pointed.includes(card.id), linked: linked(graph, lookedAt(state)).nodes.has(card.id), kept: kept.has(card.id),
    phase: own.state === "active" ? frame?.step?.phase ?? "" : "", stale: state.pending && card.node.op !== null,
    update: indexed(graph).updates.get(card.id) ?? null, choose: tools.choose, edit: tools.edit,
  };
}
