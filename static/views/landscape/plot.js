/** The map: bands and lines, the way of training, the present point with its way downhill, and a cursor by key, pointer or finger. */
import { html, svg, nothing } from "../../vendor/lit-html/lit-html.js";
import { number } from "../../format.js";
import { math } from "../../math.js";
import { nearest } from "../../landscape/wish.js";
import { downhill, places, ticks, ways } from "../../landscape/plot.js";
import { sentence } from "./reading.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../landscape/wish.js").Answer} Answer */
/** @typedef {{text: number, left: number, below: number, side: number}} Size */

const FAR = 5;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {Context} c @param {Answer} answer @param {ReturnType<typeof import("../../landscape/plot.js").drawn>} picture @param {Size} size */
export function plot(c, answer, picture, size) {
  const { state: { survey: { cursor }, lang }, t, actions } = c;
  const { side, text, left, below } = size;
  const at = places(answer, side);
  const short = (/** @type {number} */ v) => number(v, 3, lang).text;
  const point = (/** @type {PointerEvent} */ e) => {
    const box = /** @type {Element} */ (e.currentTarget).getBoundingClientRect();
    actions.readLandscape(nearest(answer, at.backX(((e.clientX - box.left) / box.width) * side), at.backY(((e.clientY - box.top) / box.height) * side)));
  };
  return html`<div class="plot"><span class="axis-b" ${math(answer.b.latex)}></span>
    <div class="framed"><svg class="frame" width=${side + left} height=${side + below} viewBox="${-left} -1 ${side + left} ${side + below}" aria-hidden="true">
      ${ticks(answer.a.values).map((v) => svg`<path class="tick" d="M${at.x(v)} ${side}v5"></path><text x=${at.x(v)} y=${side + text * 1.35} text-anchor="middle">${short(v)}</text>`)}
      ${ticks(answer.b.values).map((v) => svg`<path class="tick" d="M0 ${at.y(v)}h-5"></path><text x="-9" y=${at.y(v) + text * 0.35} text-anchor="end">${short(v)}</text>`)}</svg>
    <svg class="heat" width=${side} height=${side} viewBox="0 0 ${side} ${side}" tabindex="0" role="application" aria-roledescription=${t("ui.landscape.map")}
      aria-label=${sentence(c, answer)} @keydown=${keys(c, answer)} @pointermove=${point} @pointerdown=${point}>
      <rect class="h${picture.ground}" width=${side} height=${side}></rect>${picture.bands.map((band) => svg`<path class="band h${band.colour}" d=${band.path}></path>`)}
      ${picture.holes ? svg`<defs><pattern id="no-number" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch" width="3" height="8"></rect></pattern></defs><path class="hole-cells" d=${picture.holes} fill="url(#no-number)"></path>` : nothing}
      ${training(answer, side)}${cursor ? crosshair(at.x(answer.a.values[cursor[0]]), at.y(answer.b.values[cursor[1]]), side) : nothing}</svg></div>
    <span class="axis-a" ${math(answer.a.latex)}></span></div>`;
}

/** Where training went, where it stands, and where the gradient would have it go. @param {Answer} answer @param {number} side */
function training(answer, side) {
  const way = ways(answer, side);
  const down = downhill(answer, side);
  const at = places(answer, side);
  const [x, y] = [at.x(answer.current.a), at.y(answer.current.b)];
  const both = (/** @type {string} */ kind, /** @type {string} */ d) => (d ? svg`<path class="casing ${kind}" d=${d}></path><path class=${kind} d=${d}></path>` : nothing);
  return svg`${both("way ahead", way.ahead)}${both("way", way.gone)}${way.steps.map((p) => svg`<circle class="step" cx=${p.x} cy=${p.y} r="2.6"></circle>`)}
    ${way.start ? svg`<rect class="start" x=${way.start.x - 6} y=${way.start.y - 6} width="12" height="12"></rect>` : nothing}
    ${down ? both("down", down.path) : nothing}<circle class="present" cx=${x} cy=${y} r="8"></circle><circle class="core" cx=${x} cy=${y} r="3"></circle>`;
}

/** @param {number} x @param {number} y @param {number} side */
const crosshair = (x, y, side) => svg`<path class="casing cross" d="M0 ${y}H${side}M${x} 0V${side}"></path><path class="cross" d="M0 ${y}H${side}M${x} 0V${side}"></path><circle class="cross" cx=${x} cy=${y} r="6"></circle>`;

/** Arrows move the cursor, with Shift by more; Home puts it where training stands, Enter in the middle. @param {Context} c @param {Answer} answer */
const keys = ({ state, actions }, answer) => (/** @type {KeyboardEvent} */ e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const here = state.survey.cursor ?? nearest(answer, answer.current.a, answer.current.b);
  const move = ARROWS[e.key];
  if (move) {
    const far = e.shiftKey ? FAR : 1;
    const clamp = (/** @type {number} */ i, /** @type {number[]} */ v) => Math.min(v.length - 1, Math.max(0, i));
    actions.readLandscape([clamp(here[0] + far * move[0], answer.a.values), clamp(here[1] + far * move[1], answer.b.values)]);
  } else if (e.key === "Home") actions.readLandscape(nearest(answer, answer.current.a, answer.current.b));
  else if (e.key === "Enter") void actions.centerLandscape();
  else if (e.key === "+" || e.key === "-") void actions.zoomLandscape(e.key === "+" ? 0.5 : 2);
  else return;
  e.preventDefault();
  e.stopPropagation();
};
