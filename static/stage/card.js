/**
 * One node as a card in SVG: name, sign, value and, once the backward pass has come by, its gradient.
 * Everything stands in the coordinates of the world: a transform per card would cost time in every picture.
 */
import { svg, nothing } from "../vendor/lit-html/lit-html.js";
import { faceOf } from "./face.js";
import { labelOf } from "./label.js";
import { matrix } from "./matrix.js";
import { spans } from "./text.js";

/**
 * @typedef {{card: import("./describe.js").Card, at: import("./layout.js").Rect, frame: import("../player.js").NodeFrame,
 *   style: import("./face.js").Style, selected: boolean, pointed: boolean, linked: boolean, kept: boolean, phase: string, stale: boolean, bare: boolean,
 *   update: import("../types.js").Update | null, choose: (id: string) => void, edit: (id: string) => void}} CardView  bare: far out of sight, without text
 */

/** @param {CardView} v */
const kindsOf = ({ card, frame, ...v }) => [
  "node", frame.state, v.phase && frame.state === "active" ? `in-${v.phase}` : "", v.selected ? "selected" : "",
  v.pointed ? "pointed" : "", v.linked ? "linked" : "", v.kept ? "kept" : "", card.node.op === null ? "leaf" : "", card.data ? "data" : "", v.stale ? "stale" : "",
].filter(Boolean).join(" ");

/** @param {CardView} v */
export function cardView(v) {
  const { card, at, frame, style } = v;
  const choose = () => {
    v.choose(card.id);
    if (card.node.op === null) v.edit(card.id);
  };
  const press = (/** @type {KeyboardEvent} */ e) => {
    if (e.key !== "Enter") return;
    e.preventDefault();
    choose();
  };
  return svg`<g class=${v.bare ? "node bare" : kindsOf(v)} data-node=${card.id} data-state=${frame.state}
      data-grad=${frame.grad === "done" ? "done" : "pending"} aria-label=${labelOf(card.node, frame, v.update, style)} role="group" tabindex="0"
      @click=${choose} @keydown=${press}>${v.bare ? plate(at) : svg`
    <g aria-hidden="true"><rect class="halo" x=${at.x - 7} y=${at.y - 7} width=${at.w + 14} height=${at.h + 14} rx="17"></rect>
    ${plate(at)}${written(v)}</g>`}
  </g>`;
}

/** @param {import("./layout.js").Rect} at */
const plate = (at) => svg`<rect class="card" x=${at.x} y=${at.y} width=${at.w} height=${at.h} rx="12"></rect>`;

/** @param {CardView} v */
function written({ card, at, frame, style, update }) {
  const { m } = style;
  const { x, y } = at;
  const face = faceOf(card, at, frame, update, style);
  return svg`${face.tiles.map((r) => svg`<rect class="cell ${r.shade}" x=${x + r.x} y=${y + r.y} width=${r.w} height=${r.h} rx="12"></rect>`)}
    ${face.bars.map((r) => svg`<rect class="bar ${r.tone}" x=${x + r.x} y=${y + r.y} width=${r.w} height=${r.h}></rect>`)}
    ${face.named ? svg`<text class="name" x=${x + m.pad} y=${y + m.line * 1.02}>${spans(card.name, m.name, m.least)}</text>` : nothing}
    ${face.sign ? signView(face.sign, x, y, m.least) : nothing}
    ${face.grids.map((grid) => matrix({ ...grid, x: x + grid.x, y: y + grid.y }))}${face.lines.map((line) => lineView(line, x + line.x, y + line.y, m.least))}`;
}

/** @param {NonNullable<import("./face.js").Face["sign"]>} sign @param {number} left @param {number} top @param {number} least */
function signView({ x, y, w, h, size, runs }, left, top, least) {
  const [cx, cy] = [left + x, top + y];
  return svg`<g class="sign"><rect x=${cx} y=${cy} width=${w} height=${h} rx=${h / 2}></rect>
    <text x=${cx + w / 2} y=${cy + h / 2 + size * 0.36} text-anchor="middle">${spans(runs, size, least)}</text></g>`;
}

/** @param {import("./face.js").Line} line @param {number} x @param {number} y @param {number} least */
function lineView({ tone, size, text, runs, lead }, x, y, least) {
  if (runs) return svg`<text class=${tone} x=${x} y=${y}>${spans(runs, size, least)}</text>`;
  if (!lead) return svg`<text class=${tone} x=${x} y=${y} font-size=${size}>${text}</text>`;
  return svg`<text class=${tone} x=${x} y=${y}><tspan class="d" font-size=${lead.size}>${lead.text}</tspan><tspan
    x=${x + lead.room} font-size=${size}>${text}</tspan></text>`;
}
