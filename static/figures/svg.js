/** A picture as an SVG file that stands alone: its styles are attributes, its fonts are inside. */
import { drawn } from "./drawing.js";
import { fontRules } from "./fonts.js";

/** @typedef {import("../views/context.js").Context} Context */

const NAMESPACE = "http://www.w3.org/2000/svg";
/** What an element of the stage may be given by style sheets, and what it has without. */
const STYLES = {
  fill: "rgb(0, 0, 0)", stroke: "none", "stroke-width": "1px", "stroke-dasharray": "none", "stroke-opacity": "1", "fill-opacity": "1", opacity: "1",
};
const TYPE = { "font-family": "", "font-size": "", "font-weight": "400", "font-style": "normal", "text-anchor": "start" };

/**
 * @param {Context} c @param {import("../player.js").Position} at
 * @param {{fonts?: boolean, paper?: boolean, whole?: boolean, title?: string, prepare?: (svg: SVGSVGElement) => import("./drawing.js").Box}} [wish]
 *   `paper`: on a ground of its own; `whole`: of the same size at every position; `prepare`: change what is drawn for a page
 *   in black and white, and say which part is shown
 * @returns {Promise<{text: string, w: number, h: number}>}  sizes in pixels
 */
export async function svgOf(c, at, { fonts = true, paper = true, whole = false, title = "", prepare } = {}) {
  const { picture, used, box } = drawn(c, at, (svg, box) => ({ box: prepare?.(svg) ?? box, ...styled(svg) }), whole, prepare ? "on-paper" : "");
  picture.setAttribute("xmlns", NAMESPACE);
  picture.setAttribute("viewBox", [box.x, box.y, box.w, box.h].map((x) => Math.round(x * 10) / 10).join(" "));
  picture.setAttribute("width", String(Math.ceil(box.w)));
  picture.setAttribute("height", String(Math.ceil(box.h)));
  if (paper) picture.prepend(element("rect", { x: box.x, y: box.y, width: box.w, height: box.h, fill: rgb(getComputedStyle(document.documentElement).getPropertyValue("--paper")) }));
  if (fonts) {
    const style = element("style", {});
    style.textContent = await fontRules(used);
    picture.prepend(style);
  }
  const name = element("title", {});
  name.textContent = title;
  picture.prepend(name);
  return { text: new XMLSerializer().serializeToString(picture), w: Math.ceil(box.w), h: Math.ceil(box.h) };
}

/** A copy with the styles that the page gives, and which text is set in which font. @param {SVGSVGElement} svg */
function styled(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  /** @type {Map<string, string>} */
  const used = new Map();
  const tips = new Map();
  const originals = [svg, ...svg.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  copies.forEach((one, i) => {
    if (one.closest("defs") || i === 0) return;
    const style = getComputedStyle(originals[i]);
    dress(one, originals[i], style);
    if (one instanceof SVGTextContentElement) mark(used, one, style);
    for (const end of ["marker-start", "marker-end"]) {
      if (one.getAttribute(end)) one.setAttribute(end, `url(#${tipOf(tips, rgb(style.stroke))})`);
    }
  });
  copies.forEach(bare);
  copy.querySelector("defs")?.replaceChildren(...tips.values());
  comments(copy).forEach((one) => one.remove());
  return { picture: copy, used };
}

/** Say what differs from what an element has without saying: parts of a text take what the text has.
 * @param {Element} one @param {Element} original @param {CSSStyleDeclaration} style */
function dress(one, original, style) {
  const names = one instanceof SVGTextContentElement ? { ...STYLES, ...TYPE } : one instanceof SVGGElement ? { opacity: "1" } : STYLES;
  const around = one instanceof SVGTSpanElement ? getComputedStyle(/** @type {Element} */ (original.parentElement)) : null;
  for (const [name, usual] of Object.entries(names)) {
    const value = rgb(style.getPropertyValue(name));
    if (value !== (around ? rgb(around.getPropertyValue(name)) : usual) && !(name.startsWith("stroke-") && style.stroke === "none")) one.setAttribute(name, value);
  }
}

/** @param {Map<string, string>} used @param {Element} one @param {CSSStyleDeclaration} style */
function mark(used, one, style) {
  const own = [...one.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.textContent).join("");
  const key = `${style.fontFamily.split(",")[0].replace(/["']/g, "")}|${style.fontStyle}`;
  if (own.trim()) used.set(key, (used.get(key) ?? "") + own);
}

/** An arrow's tip of one colour: few programs know a marker that takes its line's.
 * @param {Map<string, Element>} tips @param {string} colour */
function tipOf(tips, colour) {
  const id = `tip-${colour.replace(/[^0-9]+/g, "-").replace(/^-|-$/g, "")}`;
  const marker = element("marker", { id, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 5, markerHeight: 5, orient: "auto-start-reverse" });
  marker.append(element("path", { d: "M0 0 10 5 0 10z", fill: colour }));
  if (!tips.has(colour)) tips.set(colour, marker);
  return id;
}

/** What matters to the page alone. @param {Element} one */
function bare(one) {
  for (const { name } of [...one.attributes]) {
    if (/^(class|style|tabindex|role|part|id)$|^(aria|data)-/.test(name)) one.removeAttribute(name);
  }
}

/** @param {Node} root */
function comments(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(/** @type {Comment} */ (walker.currentNode));
  return found;
}

/** A mixed colour as others write it. @param {string} colour */
function rgb(colour) {
  const mixed = /^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)$/.exec(colour.trim());
  if (!mixed) return colour.trim();
  const parts = mixed.slice(1, 4).map((x) => Math.round(Number(x) * 255)).join(", ");
  return mixed[4] === undefined ? `rgb(${parts})` : `rgba(${parts}, ${mixed[4]})`;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
