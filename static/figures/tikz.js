/** A picture as TikZ: every line, card and text of the drawing where it stands, set in the fonts of the document. */
import { drawn } from "./drawing.js";
import { colourOf } from "./colours.js";
import { path, round } from "./paths.js";
import { texted } from "./texted.js";

/** @typedef {import("../views/context.js").Context} Context */

/** So many points of the document is a pixel of the drawing: a card's name is as large as a headline in 12 pt. */
const POINT = 0.4;

/** A whole document that compiles with `standalone` and TikZ. @param {Context} c @param {import("../player.js").Position} at */
export const tikzDocument = (c, at) => `\\documentclass[tikz,border=4pt]{standalone}\n${PREAMBLE}\\begin{document}\n${tikzPicture(c, at)}\\end{document}\n`;

export const PREAMBLE = "\\usepackage{amsmath,amssymb}\n\\usetikzlibrary{arrows.meta}\n";

/** @param {Context} c @param {import("../player.js").Position} at @param {boolean} [whole]  of the same size at every position */
export function tikzPicture(c, at, whole = false) {
  const lines = drawn(c, at, (svg, { x, y, w, h }) => [`\\useasboundingbox (${round(x)},${round(y)}) rectangle (${round(x + w)},${round(y + h)});`, ...[...svg.querySelectorAll("rect, path, circle, text")].filter((one) => !one.closest("defs")).flatMap(command)], whole);
  return `\\begin{tikzpicture}[x=${POINT}pt,y=-${POINT}pt,>={Triangle[length=5pt,width=4pt]}]\n${lines.map((line) => `  ${line}\n`).join("")}\\end{tikzpicture}\n`;
}

/** @param {Element} one @returns {string[]} */
function command(one) {
  const style = getComputedStyle(one);
  if (one instanceof SVGTextElement) return written(one);
  const shape = shapeOf(one);
  const options = [...paint(style), ...outline(one, style)];
  return shape && options.length ? [`\\path[${options.join(",")}] ${shape};`] : [];
}

/** @param {CSSStyleDeclaration} style */
function paint(style) {
  const [fill, stroke] = [colourOf(style.fill), colourOf(style.stroke)];
  return [
    ...(fill ? [`fill={${fill.tikz}}`, ...faint("fill", fill.alpha * Number(style.fillOpacity) * Number(style.opacity))] : []),
    ...(stroke ? [`draw={${stroke.tikz}}`, `line width=${round(parseFloat(style.strokeWidth) * POINT)}pt`, ...faint("draw", stroke.alpha * Number(style.strokeOpacity) * Number(style.opacity))] : []),
  ];
}

/** @param {string} what @param {number} alpha */
const faint = (what, alpha) => (alpha < 1 ? [`${what} opacity=${round(alpha)}`] : []);

/** @param {Element} one @param {CSSStyleDeclaration} style */
function outline(one, style) {
  const dashes = style.strokeDasharray.split(/[ ,]+/).map(parseFloat).filter((x) => x > 0);
  const [first, second] = [dashes[0], dashes[1] ?? dashes[0]];
  const tips = `${one.getAttribute("marker-start") ? "<" : ""}-${one.getAttribute("marker-end") ? ">" : ""}`;
  return style.stroke === "none" ? [] : [
    ...(dashes.length ? [`dash pattern=on ${round(first * POINT)}pt off ${round(second * POINT)}pt`] : []),
    ...(tips === "-" ? [] : [tips]),
  ];
}

/** @param {Element} one */
function shapeOf(one) {
  const said = (/** @type {string} */ name) => Number(one.getAttribute(name) ?? 0);
  if (one instanceof SVGCircleElement) return `(${said("cx")},${said("cy")}) circle[radius=${round(said("r") * POINT)}pt]`;
  if (one instanceof SVGRectElement) {
    const corner = said("rx") ? `[rounded corners=${round(Math.min(said("rx"), said("height") / 2) * POINT)}pt] ` : "";
    return `${corner}(${round(said("x"))},${round(said("y"))}) rectangle (${round(said("x") + said("width"))},${round(said("y") + said("height"))})`;
  }
  return path(one.getAttribute("d") ?? "");
}

/** A text where it stands; its raised and lowered parts belong to what they follow. @param {SVGTextElement} text */
function written(text) {
  const runs = runsOf(text);
  if (!runs.length) return [];
  const style = getComputedStyle(text);
  const anchor = style.textAnchor === "start" ? "base west" : style.textAnchor === "middle" ? "base" : "base east";
  const first = runs[0].getStartPositionOfChar(0);
  const [x, y] = [anchor === "base west" ? first.x : Number(text.getAttribute("x") ?? first.x), Number(text.getAttribute("y") ?? first.y)];
  const size = round(Math.max(...runs.map((run) => parseFloat(getComputedStyle(run).fontSize))) * POINT);
  return [`\\node[anchor=${anchor},inner sep=0pt,text={${colourOf(style.fill)?.tikz ?? "black"}},font=\\fontsize{${size}}{${round(size * 1.2)}}\\selectfont] at (${round(x)},${round(y)}) {$${joined(runs, y)}$};`];
}

/** The parts of a text that stand in one size and place. @param {SVGTextElement} text @returns {SVGTextContentElement[]} */
function runsOf(text) {
  const spans = [...text.querySelectorAll("tspan")].filter((span) => !span.querySelector("tspan"));
  return (spans.length ? spans : [text]).filter((run) => run.textContent?.trim());
}

/** Parts beside each other at one height, as one: LaTeX takes no two exponents. @param {SVGTextContentElement[]} runs
 * @param {number} base  where the line of the text is */
function joined(runs, base) {
  let [out, height] = ["", 0];
  for (const run of runs) {
    const style = getComputedStyle(run);
    const face = style.fontStyle === "italic" ? "math" : Number(style.fontWeight) >= 600 ? "bold" : "text";
    const [own, off] = [texted(run.textContent ?? "", face), Math.round(run.getStartPositionOfChar(0).y - base)];
    out += off === height ? own : `${height ? "}" : ""}${off ? `${off < 0 ? "^" : "_"}{` : ""}${own}`;
    height = off;
  }
  return height ? `${out}}` : out;
}
