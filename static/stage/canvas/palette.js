/** The colours and typefaces of the tokens, as a canvas needs them. */

const COLOURS = /** @type {const} */ (["bg", "paper", "ink", "soft", "line", "idle", "fwd", "bwd", "loc", "fwd-bg", "bwd-bg", "bad", "bad-bg", "focus",
  "pos-1", "pos-2", "pos-3", "pos-4", "neg-1", "neg-2", "neg-3", "neg-4"]);

/** @typedef {(typeof COLOURS)[number]} Colour */
/** @typedef {Record<Colour | "faint" | "passed" | "back" | "faintFar" | "passedFar" | "backFar" | "rest", string> & {sans: string, serif: string}} Palette */

/** @param {Element} element  whose tokens count @returns {Palette} */
export function paletteOf(element) {
  const tokens = getComputedStyle(element);
  const token = (/** @type {string} */ name) => tokens.getPropertyValue(`--${name}`).trim();
  const base = /** @type {Record<Colour, string>} */ (Object.fromEntries(COLOURS.map((name) => [name, token(name)])));
  return {
    ...base, sans: token("sans"), serif: token("serif"),
    faint: mixed(base.idle, base.bg, 0.55), passed: mixed(base.fwd, base.bg, 0.7), back: mixed(base.bwd, base.bg, 0.75),
    faintFar: mixed(base.idle, base.bg, 0.3), passedFar: mixed(base.fwd, base.bg, 0.35), backFar: mixed(base.bwd, base.bg, 0.4), rest: mixed(base.line, base.bg, 0.6),
  };
}

/** @param {string} hex @returns {number[]} */
function parts(hex) {
  const digits = hex.slice(1);
  const long = digits.length < 6 ? [...digits].map((d) => d + d).join("") : digits;
  return [0, 2, 4].map((i) => parseInt(long.slice(i, i + 2), 16));
}

/** Two colours mixed, so that what is drawn twice looks as if drawn once. @param {string} a @param {string} b @param {number} share */
export function mixed(a, b, share) {
  const [x, y] = [parts(a), parts(b)];
  return `rgb(${x.map((v, i) => Math.round(v * share + y[i] * (1 - share))).join(" ")})`;
}

/** The fill of a cell of the colour scale. @param {string} shade @param {Palette} palette */
export function shadeColour(shade, palette) {
  if (shade === "empty") return palette.bg;
  if (shade === "bad") return palette["bad-bg"];
  if (shade === "z0") return palette.paper;
  return palette[/** @type {Colour} */ (`${shade[0] === "p" ? "pos" : "neg"}-${shade[1]}`)];
}
