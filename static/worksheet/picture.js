/** A graph's picture for paper: black on white, whole, with some of its numbers as empty boxes. */
import { svgOf } from "../figures/svg.js";
import { frame } from "../player.js";
import { arranged, composed } from "../stage/scene.js";

/** @typedef {import("../views/context.js").Context} Context */
/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("./blanks.js").Blank} Blank */

/** As wide and high as a page is for the layout, in its own units. @type {import("../stage/scene.js").Room} */
const ROOM = { w: 800, h: 900, look: "phone" };
const MARGIN = 10;

/** @param {Context} c @param {Graph} graph @param {Map<string, Blank>} blanks @returns {Promise<string>}  SVG */
export async function pictureOf(c, graph, blanks) {
  let scene = composed(graph, ROOM);
  while (!scene) {
    await arranged();
    scene = composed(graph, ROOM);
  }
  const update = graph.steps.findIndex(({ phase }) => phase === "update");
  const at = { step: update < 0 ? graph.steps.length : update, beat: 0 };
  if (!c.scope) throw new Error("there is no graph to be drawn");
  const scope = { ...c.scope, graph, frame: frame(graph, at), numbers: true };
  const of = { ...c, scene, scope, state: { ...c.state, graph, symbols: 0, table: false } };
  const prepare = (/** @type {SVGSVGElement} */ svg) => {
    still(svg);
    for (const [id, blank] of blanks) empty(svg, id, blank);
    const { x, y, width, height } = /** @type {SVGGElement} */ (svg.querySelector(":scope > g")).getBBox();
    return { x: x - MARGIN, y: y - MARGIN, w: width + 2 * MARGIN, h: height + 2 * MARGIN };
  };
  return (await svgOf(of, at, { fonts: false, paper: false, prepare })).text;
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

/** Put empty boxes where the numbers of a card stand. @param {SVGSVGElement} svg @param {string} id @param {Blank} blank */
function empty(svg, id, blank) {
  const card = svg.querySelector(`[data-node="${CSS.escape(id)}"]`);
  const plate = card?.querySelector(".card");
  if (!card || !plate) return;
  for (const tone of /** @type {const} */ (["value", "grad"])) {
    if (!blank[tone]) continue;
    card.querySelectorAll(`.grid.${tone} .celltext`).forEach((one) => one.remove());
    for (const text of card.querySelectorAll(`text.${tone}:not(.celltext)`)) boxed(/** @type {SVGTextElement} */ (text), plate);
  }
}

/** @param {SVGTextElement} text @param {Element} plate */
function boxed(text, plate) {
  const number = text.querySelector(".d")?.nextElementSibling ?? text;
  const of = (/** @type {Element} */ one, /** @type {string} */ name) => Number(one.getAttribute(name));
  const x = of(number, "x");
  const line = of(text, "y");
  const size = Math.max(18, of(number, "font-size"));
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const right = of(plate, "x") + of(plate, "width") - (x - of(plate, "x") < 60 ? 14 : 10);
  for (const [name, value] of Object.entries({ class: "blank-box", x, y: line - size, width: right - x, height: size * 1.3, rx: 3 })) box.setAttribute(name, String(value));
  if (number === text) text.remove();
  else number.textContent = "";
  plate.parentElement?.append(box);
}
