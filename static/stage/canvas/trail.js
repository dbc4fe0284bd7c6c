/**
 * What quick steps have touched, fading: all that was touched within a span of time is painted once,
 * on a canvas of that span, and each picture of the screen lays these few canvases over each other,
 * the older the fainter. So a picture costs what has changed, not what is still to be seen.
 */
import { blank } from "./static.js";
import { traceEdge } from "./pen.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("../layout.js").Rect} Rect */
/** @typedef {import("../edges.js").Route} Route */
/** @typedef {{pen: Pen, span: number, box: number[]}} Sheet  `box`: what was painted, left, top, right and bottom in pixels of the canvas */

/** How strongly a sheet is seen, by how many spans it is old; each span lasts so many milliseconds. */
const SHADES = [0.9, 0.65, 0.4, 0.2];
const SPAN = 150;

/** Units of the world, at least so many pixels on the screen. @param {number} units @param {number} pixels @param {number} zoom */
export const atLeast = (units, pixels, zoom) => Math.max(units, pixels / zoom);

export function createTrail() {
  /** @type {Sheet[]} */
  const sheets = SHADES.map(() => ({ pen: newPen(), span: -Infinity, box: [] }));
  const spanOf = (/** @type {number} */ time) => Math.floor(time / SPAN);
  const ageOf = (/** @type {Sheet} */ sheet, /** @type {number} */ time) => spanOf(time) - sheet.span;

  /** The sheet of this span, empty if it is another's. @param {Picture} p @param {number} time */
  function current(p, time) {
    const span = spanOf(time);
    const sheet = sheets[span % sheets.length];
    if (sheet.span !== span) {
      blank(sheet.pen, p);
      Object.assign(sheet, { span, box: [Infinity, Infinity, -Infinity, -Infinity] });
    }
    return sheet;
  }

  return {
    /** Paint what has been touched now. @param {Picture} p @param {Rect[]} rects @param {Route[]} routes @param {number} time @param {string} colour */
    leave(p, rects, routes, time, colour) {
      const { pen, box } = current(p, time);
      const width = atLeast(3, 1.2, p.view.k);
      const grown = atLeast(2, 1, p.view.k);
      Object.assign(pen, { strokeStyle: colour, fillStyle: colour, lineWidth: width });
      pen.beginPath();
      for (const route of routes) traceEdge(pen, route, p.view.k);
      pen.stroke();
      pen.beginPath();
      for (const r of rects) pen.rect(r.x - grown, r.y - grown, r.w + 2 * grown, r.h + 2 * grown);
      pen.fill();
      for (const r of rects) reach(box, r.x - grown, r.y - grown, r.x + r.w + grown, r.y + r.h + grown, p);
      for (const { stops } of routes) for (const { x, y } of stops) reach(box, x - width, y - width, x + width, y + width, p);
    },
    /** Lay what is still to be seen on a canvas of the same size. @param {Pen} pen @param {number} time */
    paint(pen, time) {
      pen.save();
      pen.resetTransform();
      for (const sheet of [...sheets].sort((a, b) => a.span - b.span)) {
        const [x, y, right, bottom] = sheet.box;
        const { canvas } = sheet.pen;
        const [w, h] = [Math.min(canvas.width, right) - x, Math.min(canvas.height, bottom) - y];
        const shade = SHADES[ageOf(sheet, time)];
        if (!shade || !(w > 0 && h > 0)) continue;
        pen.globalAlpha = shade;
        pen.drawImage(canvas, x, y, w, h, x, y, w, h);
      }
      pen.restore();
    },
    /** Whether anything is still to be seen. @param {number} time */
    seen: (time) => sheets.some((sheet) => SHADES[ageOf(sheet, time)]),
    forget() {
      for (const sheet of sheets) sheet.span = -Infinity;
    },
  };
}

const newPen = () => /** @type {Pen} */ (document.createElement("canvas").getContext("2d"));

/** Let the box, in whole pixels of the canvas, reach around a part of the world. @param {number[]} box @param {number} left @param {number} top
 * @param {number} right @param {number} bottom @param {Picture} p */
function reach(box, left, top, right, bottom, { view: { x, y, k } }) {
  const ratio = devicePixelRatio;
  box[0] = Math.max(0, Math.min(box[0], Math.floor((left * k + x) * ratio)));
  box[1] = Math.max(0, Math.min(box[1], Math.floor((top * k + y) * ratio)));
  box[2] = Math.max(box[2], Math.ceil((right * k + x) * ratio));
  box[3] = Math.max(box[3], Math.ceil((bottom * k + y) * ratio));
}
