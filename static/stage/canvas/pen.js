/** Text and edges on a canvas, in the units of the world. */

/** @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {import("./palette.js").Palette} Palette */

/** @type {Map<string, number>} */
const widths = new Map();
/** Widths are remembered for so many different texts. */
const MOST = 20000;

/** @param {Pen} pen @param {string} text */
function widthOf(pen, text) {
  const key = `${pen.font} ${text}`;
  const width = widths.get(key) ?? pen.measureText(text).width;
  if (widths.size > MOST) widths.clear();
  widths.set(key, width);
  return width;
}

/** Letters are measured anew once their typefaces are there. */
export const forgetWidths = () => widths.clear();

/** A plain text. @param {Pen} pen @param {string} text @param {number} x @param {number} y @param {number} size
 * @param {Palette} palette @param {string} [weight] */
export function write(pen, text, x, y, size, palette, weight = "600") {
  pen.font = `${weight} ${size}px ${palette.sans}`;
  pen.fillText(text, x, y);
}

/** A name, with its raised and lowered parts. @param {Pen} pen @param {import("../../names.js").Run[]} runs
 * @param {number} x @param {number} y @param {number} size @param {number} least @param {Palette} palette @param {boolean} [middle]  whether x is its middle */
export function writeRuns(pen, runs, x, y, size, least, palette, middle = false) {
  const parts = runs.map((run) => {
    const own = run.shift ? Math.max(size * 0.62, Math.min(size, least)) : size;
    const font = `${run.upright ? "" : "italic "}${own}px ${palette.serif}`;
    pen.font = font;
    const rise = run.shift === "sup" ? -0.36 * size : run.shift === "sub" ? 0.2 * size : 0;
    return { text: run.text, font, rise, width: widthOf(pen, run.text) };
  });
  let left = middle ? x - parts.reduce((w, p) => w + p.width, 0) / 2 : x;
  for (const part of parts) {
    pen.font = part.font;
    pen.fillText(part.text, left, y + part.rise);
    left += part.width;
  }
}

/** Lines shorter than so many pixels are drawn straight: nobody sees the difference. */
const STRAIGHT = 36;

/** Add an edge to the path. @param {Pen} pen @param {import("../edges.js").Route} route @param {number} zoom */
export function traceEdge(pen, { stops }, zoom) {
  pen.moveTo(stops[0].x, stops[0].y);
  for (let i = 1; i < stops.length; i += 1) {
    const [a, b] = [stops[i - 1], stops[i]];
    const pull = (b.x - a.x) / 2;
    if (pull * zoom * 2 < STRAIGHT) pen.lineTo(b.x, b.y);
    else pen.bezierCurveTo(a.x + pull, a.y, b.x - pull, b.y, b.x, b.y);
  }
}
