/** A graph's picture for paper: black on white, whole, with some of its numbers in boxes: empty ones, or filled for the key. */
import { svgOf } from "../figures/svg.js";
import { frame } from "../player.js";
import { arranged, composed } from "../stage/scene.js";
import { fitted } from "../stage/text.js";
import { WAYS, arrange, better, unitsFor } from "./arrange.js";
import { BOX, PAPER } from "./paper.js";

/** @typedef {import("../views/context.js").Context} Context */
/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("./blanks.js").Blank} Blank */
/** @typedef {import("./arrange.js").Arranged} Arranged */
/** @typedef {import("./arrange.js").Told} Told */
/** @typedef {import("./paper.js").Turn} Turn */

const MARGIN = 3;
/** Where the foot of a box is below the line of its number. */
const BELOW = 10;

/** Where the graph stands on paper. @param {Graph} graph @param {Told} told @returns {Promise<Arranged>} */
export async function placedOn(graph, told) {
  const of = async (/** @type {Turn} */ turn) => {
    for (const way of WAYS) {
      const { rects, points } = await sceneOf(graph, told, { turn, way });
      const found = arrange(told, turn, way, rects, whole(rects, points));
      if (found) return found;
    }
    throw new Error("the last way always holds");
  };
  return better(await of("tall"), await of("wide"));
}

/** @param {Graph} graph @param {Told} told @param {{turn: Turn, way: import("./arrange.js").Way}} place */
async function sceneOf(graph, told, { turn, way }) {
  /** @type {import("../stage/scene.js").Room} */
  const room = { ...unitsFor(told, turn, way), look: "phone", sizes: PAPER };
  for (;;) {
    const scene = composed(graph, room);
    if (scene) return scene;
    await arranged();
  }
}

/** Blanks that have a card with room for their numbers. @param {Graph} graph @param {Told} told
 * @param {Arranged} place @param {Map<string, Blank>} blanks */
export async function boxedOf(graph, told, place, blanks) {
  const { description } = await sceneOf(graph, told, place);
  const numbered = new Set(description.cards.filter(({ look }) => look === "scalar" || look === "grid").map(({ id }) => id));
  return new Map([...blanks].filter(([id]) => numbered.has(id)));
}

/** @param {Context} c @param {Graph} graph @param {Told} told @param {Arranged} place
 * @param {Map<string, Blank>} blanks @param {boolean} filled @returns {Promise<Element>}  SVG */
export async function pictureOf(c, graph, told, place, blanks, filled) {
  const scene = await sceneOf(graph, told, place);
  const update = graph.steps.findIndex(({ phase }) => phase === "update");
  const at = { step: update < 0 ? graph.steps.length : update, beat: 0 };
  if (!c.scope) throw new Error("there is no graph to be drawn");
  const scope = { ...c.scope, graph, frame: frame(graph, at), numbers: true };
  const of = { ...c, scene, scope, state: { ...c.state, graph, symbols: 0, table: false } };
  const prepare = (/** @type {SVGSVGElement} */ svg) => {
    still(svg);
    for (const [id, blank] of blanks) box(svg, id, blank, filled);
    return whole(scene.rects, scene.points);
  };
  const { text } = await svgOf(of, at, { fonts: false, paper: false, prepare });
  return document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
}

/** Everything that is drawn. @param {import("../stage/layout.js").Rect[]} rects @param {{x: number, y: number}[]} points */
function whole(rects, points) {
  const xs = [...rects.flatMap((r) => [r.x, r.x + r.w]), ...points.map(({ x }) => x)];
  const ys = [...rects.flatMap((r) => [r.y, r.y + r.h]), ...points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  return { x, y, w: Math.max(...xs) + MARGIN - x, h: Math.max(...ys) + MARGIN - y };
}

/** No step is the active one, and every arrow points the way that values go. @param {SVGSVGElement} svg */
function still(svg) {
  svg.querySelectorAll(".chip, .halo").forEach((one) => one.remove());
  svg.querySelectorAll(".node").forEach((one) => one.classList.remove("active", "in-backward", "in-forward", "in-loss", "kept", "data"));
  for (const edge of svg.querySelectorAll(".edge")) {
    edge.setAttribute("class", "edge");
    edge.setAttribute("marker-end", "url(#tip)");
    edge.removeAttribute("marker-start");
  }
}

/** Put boxes where the numbers of a card stand. @param {SVGSVGElement} svg @param {string} id @param {Blank} blank @param {boolean} filled */
function box(svg, id, blank, filled) {
  const card = svg.querySelector(`[data-node="${CSS.escape(id)}"]`);
  const plate = card?.querySelector(".card");
  if (!card || !plate) return;
  for (const tone of /** @type {const} */ (["value", "grad"])) {
    if (!blank[tone]) continue;
    if (!filled) card.querySelectorAll(`.grid.${tone} .celltext`).forEach((one) => one.remove());
    for (const text of card.querySelectorAll(`text.${tone}:not(.celltext)`)) boxed(/** @type {SVGTextElement} */ (text), plate, filled);
  }
}

/** @param {SVGTextElement} text @param {Element} plate @param {boolean} filled */
function boxed(text, plate, filled) {
  const number = text.querySelector(".d")?.nextElementSibling ?? text;
  const of = (/** @type {Element} */ one, /** @type {string} */ name) => Number(one.getAttribute(name));
  const x = of(number, "x");
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const right = of(plate, "x") + of(plate, "width") - PAPER.pad;
  for (const [name, value] of Object.entries({ class: "blank-box", x, y: of(text, "y") + BELOW - BOX, width: right - x, height: BOX, rx: 3 })) box.setAttribute(name, String(value));
  plate.after(box);
  if (filled) {
    const size = fitted(number.textContent ?? "", of(number, "font-size"), right - x - 2 * PAPER.pad);
    number.setAttribute("x", String(x + PAPER.pad));
    number.setAttribute("font-size", String(size));
  } else if (number === text) text.remove();
  else number.textContent = "";
}
