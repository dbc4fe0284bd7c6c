/** The stage of a large graph: canvases, and above them the active step's numbers and what can be focused. */
import { html, nothing, noChange } from "../../vendor/lit-html/lit-html.js";
import { Directive, PartType, directive } from "../../vendor/lit-html/directive.js";
import { indexed } from "../../indexed.js";
import { chipView } from "../chip.js";
import { elementBehind } from "../../linked.js";
import { lookedAt } from "../../network/element.js";
import { aimedAt } from "../aimed.js";
import { activeEdges } from "../passing.js";
import { labelOf } from "../label.js";
import { levelOf } from "../level.js";
import { litAbove } from "../links.js";
import { placedChip } from "../placed.js";
import { viewOf } from "../scene.js";
import { cardsOf, readBy, styleOf } from "../shown.js";
import { thumbnail } from "../thumbnail.js";
import { createSurface } from "./surface.js";

/** @typedef {import("../../state.js").State} State */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("../stage.js").Tools & {hurried: boolean}} Tools */

class SurfaceDirective extends Directive {
  /** @type {ReturnType<typeof createSurface> | null} */
  surface = null;

  /** @param {import("../../vendor/lit-html/directive.js").PartInfo} part */
  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("painted() stands on an element");
  }

  /** @param {Picture} _picture */
  render(_picture) {
    return noChange;
  }

  /** @override @param {import("../../vendor/lit-html/lit-html.js").ElementPart} part @param {[Picture]} args */
  update(part, [picture]) {
    const element = /** @type {HTMLElement & {drawn?: () => Map<string, string[]>}} */ (part.element);
    this.surface ??= createSurface(element);
    // What is written on every painted card, for those who cannot look: node → tone and text in turn.
    element.drawn = this.surface.drawn;
    this.surface.show(picture);
    return noChange;
  }
}
const painted = directive(SurfaceDirective);

/** @param {Scene} scene @param {State} state @param {import("../scene.js").Room} room @param {import("../../formula.js").Scope} scope @param {Tools} tools */
export function canvasView(scene, state, room, scope, tools) {
  const view = viewOf(scene, room, scope, state.camera);
  const kept = readBy(scope);
  const style = styleOf(scene.m, levelOf(view.k, scene.m), scope, tools.t);
  const chip = tools.hurried ? null : placedChip(scene, room, view, scope, kept, tools.t);
  const frame = /** @type {import("../../player.js").Frame} */ (scope.frame);
  const cards = cardsOf(scene, scope.graph);
  const picture = {
    scene, graph: scope.graph, frame, step: state.step, cards, style, view, room, kept, pointed: tools.pointed,
    phase: frame.step?.phase ?? "", active: tools.hurried ? [] : [...frame.active], lit: tools.hurried ? [] : activeEdges(scope),
    selected: state.select, hovered: state.over, stale: state.pending, theme: `${state.theme} ${state.projector}`, hurried: tools.hurried, speed: state.speed,
  };
  const legible = style.level === "numbers";
  const at = (/** @type {MouseEvent} */ e) => aimedAt(scene, scope.graph, view, e.offsetX, e.offsetY, legible);
  const look = (/** @type {PointerEvent} */ e) => {
    const { card, element } = at(e);
    tools.hover(element, card);
  };
  const choose = (/** @type {MouseEvent} */ e) => {
    const id = at(e).card;
    if (!id) return;
    tools.choose(id);
    if (legible && cards.get(id)?.node.op === null) tools.edit(id);
  };
  return html`<div id="stage" class="stage painted ${state.over || state.hover ? "over" : ""}" role="group" aria-label=${tools.t("ui.stage")} data-zoom=${view.k} data-level=${style.level} ${painted(picture)}
      @click=${choose} @pointermove=${(/** @type {PointerEvent} */ e) => e.buttons || look(e)} @pointerleave=${() => tools.hover("")}>
    <canvas></canvas><canvas></canvas><canvas></canvas>
    <svg class="above" width=${room.w} height=${room.h} aria-hidden="true"><g transform="translate(${view.x} ${view.y}) scale(${view.k})">
      ${litAbove(scene, scope.graph, lookedAt(state), { zoom: view.k, legible })}${chip ? chipView(chip.chip, chip.at, chip.anchor, scope, chip.m) : nothing}</g></svg>
    ${spot(picture, cards, tools)}${tip(picture, cards, room)}
  </div>${state.camera && !inside(scene, room, view) ? thumbnail(scene, room, view, scope, chip?.at) : nothing}`;
}

/** The whole world is in sight. @param {Scene} scene @param {import("../scene.js").Room} room @param {import("../camera.js").View} view */
const inside = ({ world }, room, { x, y, k }) =>
  world.x * k + x >= 0 && world.y * k + y >= 0 && (world.x + world.w) * k + x <= room.w && (world.y + world.h) * k + y <= room.h;

/** Where the keyboard stands: a button over the chosen card, which arrow keys move along the graph.
 * @param {Picture} p @param {Picture["cards"]} cards @param {Tools} tools */
function spot(p, cards, tools) {
  const id = cards.has(p.selected) ? p.selected : p.graph.output;
  const card = cards.get(id);
  if (!card) return nothing;
  return html`<button class="spot" data-spot=${id} .style=${box(p, id, 8)} aria-label=${said(p, card)} @focus=${() => tools.hover(elementBehind(p.graph, card.node))} @blur=${() => tools.hover("")} @click=${(/** @type {Event} */ e) => {
    e.stopPropagation();
    tools.choose(id);
  }}></button>`;
}

/** What colours and bars stand for, in numbers. @param {Picture} p @param {Picture["cards"]} cards @param {import("../scene.js").Room} room */
function tip(p, cards, room) {
  const card = cards.get(p.hovered);
  const at = p.scene.placed.nodes.get(p.hovered);
  if (!card || !at || p.style.level === "numbers") return nothing;
  const [x, y] = [p.view.x + (at.x + at.w / 2) * p.view.k, p.view.y + at.y * p.view.k];
  const below = y < room.h / 3;
  return html`<div class="tip ${below ? "below" : ""}" aria-hidden="true" .style=${`left: ${Math.max(90, Math.min(room.w - 90, x))}px; top: ${below ? y + at.h * p.view.k + 10 : y - 10}px`}>${said(p, card)}</div>`;
}

/** @param {Picture} p @param {import("../describe.js").Card} card */
const said = (p, card) => labelOf(card.node, /** @type {any} */ (p.frame.nodes.get(card.id)), indexed(p.graph).updates.get(card.id) ?? null, p.style);

/** @param {Picture} p @param {string} id @param {number} around  pixels */
function box({ scene, view }, id, around) {
  const r = /** @type {import("../layout.js").Rect} */ (scene.placed.nodes.get(id));
  return `left: ${view.x + r.x * view.k - around}px; top: ${view.y + r.y * view.k - around}px; width: ${r.w * view.k + 2 * around}px; height: ${r.h * view.k + 2 * around}px`;
}

