/** A step's picture, drawn whole and apart from the screen, for files and paper. */
import { render } from "../vendor/lit-html/lit-html.js";
import { frame } from "../player.js";
import { stageView } from "../stage/stage.js";

/** @typedef {import("../views/context.js").Context} Context */
/** @typedef {import("../player.js").Position} Position */

/** @typedef {{x: number, y: number, w: number, h: number}} Box */

/** Around the picture, in its own units. */
const MARGIN = 18;
/** What is there to be pointed at, or to move, is no part of a picture. */
const UNSEEN = ".reach, .traveller, .halo:not(.kept .halo)";

/**
 * Draw the stage at a position of the playhead, call back with its SVG while it is in the page and
 * styled, and take it away again.
 * @template T
 * @param {Context} c @param {Position} at
 * @param {(svg: SVGSVGElement, box: Box) => T} read @param {boolean} [whole]  the same box at every position @param {string} [look]
 * @returns {T}
 */
export function drawn(c, at, read, whole = false, look = "") {
  const { scene, scope } = c;
  if (!scene || !scope) throw new Error("there is no graph to be drawn");
  const host = document.createElement("div");
  host.className = `figure-host ${look}`;
  host.setAttribute("aria-hidden", "true");
  document.body.append(host);
  try {
    // A room as large as the whole graph, at its own size: nothing is cut, and nothing left out as unseen.
    const room = { w: scene.world.w, h: scene.world.h, look: /** @type {"phone"} */ ("phone") };
    const state = { ...c.state, ...at, select: "", hover: "", over: "", cell: "", pending: false, camera: { x: 0, y: -scene.world.y, k: 1 } };
    render(stageView(scene, state, room, { ...scope, frame: frame(scope.graph, at) }, still(c)), host);
    const svg = /** @type {SVGSVGElement} */ (host.querySelector(".world > svg"));
    svg.querySelectorAll(UNSEEN).forEach((one) => one.remove());
    const { x, y, width, height } = /** @type {SVGGElement} */ (svg.querySelector(":scope > g")).getBBox();
    return read(svg, around(whole ? scene.world : { x, y, w: width, h: height }));
  } finally {
    host.remove();
  }
}

/** @param {Box} box @returns {Box} */
const around = ({ x, y, w, h }) => ({ x: x - MARGIN, y: y - MARGIN, w: w + 2 * MARGIN, h: h + 2 * MARGIN });

/** The stage's tools, for a picture that does nothing. @param {Context} c */
const still = ({ t }) => ({ t, pointed: [], choose: () => {}, edit: () => {}, hover: () => {}, dragged: false, beyond: Infinity });
