/**
 * Elements of arrays by their names: `W1[0,2]` counts from 0 as in the program, its symbol
 * w⁽¹⁾₁,₃ from 1 as on the board, written as the server writes it.
 */

/** @typedef {{name: string, index: number[]}} Element */

/** @param {string} name @param {number[]} index */
export const elementId = (name, index) => (index.length ? `${name}[${index.join(",")}]` : name);

/** @param {string} id @returns {Element} */
export function elementOf(id) {
  const found = /^(.+)\[([\d,]+)\]$/.exec(id);
  return found ? { name: found[1], index: found[2].split(",").map(Number) } : { name: id, index: [] };
}

/** The element that is looked at: where the pointer or the focus is, or else where a press was. @param {{hover: string, cell: string}} state */
export const lookedAt = ({ hover, cell }) => hover || cell;

/** What stands at an element; null where there is none. @param {any} value @param {number[]} index */
export const valueAt = (value, index) => index.reduce((v, i) => (Array.isArray(v) ? v[i] ?? null : null), value ?? null);

/** The first element of a value. @param {any} value @returns {number[]} */
export const firstOf = (value) => (Array.isArray(value) ? [0, ...firstOf(value[0])] : []);

/** The shape of nested lists. @param {any} value @returns {number[]} */
export const shapeOf = (value) => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []);

const BASE = "\\\\[A-Za-z]+(?:\\{(?:[^{}]|\\{[^{}]*\\})*\\})*|[A-Za-z]";
const PART = "\\{(?:[^{}]|\\{[^{}]*\\})*\\}|[^\\\\{}^_ ]";
const SYMBOL = new RegExp(`^(${BASE})(?:_(${PART}))?(?:\\^(${PART}))?$`);
const TURNED = new RegExp(`^(${BASE})\\^(${PART})_(${PART})$`);

/** The symbol of an element: W^{(1)} at (0, 2) is w^{(1)}_{1,3}. @param {string} latex  of the array
 * @param {number[]} index */
export function elementLatex(latex, index) {
  if (!index.length) return latex;
  const place = index.map((i) => i + 1).join(",");
  const turned = TURNED.exec(latex);
  const found = turned ? [turned[0], turned[1], turned[3], turned[2]] : SYMBOL.exec(latex);
  if (!found) return `{${latex}}_{${place}}`;
  const [, base, below, above] = found;
  const small = base.length === 1 ? base.toLowerCase() : base;
  if (below && !above) return `${small}^{(${inside(below)})}_{${place}}`;
  return `${small}${above ? `^${above}` : ""}_{${below ? `${inside(below)};${place}` : place}}`;
}

/** @param {string} part */
const inside = (part) => (part.startsWith("{") ? part.slice(1, -1) : part);
