/**
 * Numbers as text: N significant digits, rounded half to even on the exact binary value.
 * The same rules stand in `engine/latex.py`; `tests/data/numbers.json` holds both to them.
 */

/** @typedef {{text: string, exact: boolean}} Printed */

const SPECIAL = new Map([["NaN", "NaN"], ["Infinity", "∞"], ["-Infinity", "−∞"]]);

/** A number of fewer digits is told apart by them from every other: only such can stand right in the middle, and be a tie. */
const SAFE = 14;

/**
 * The digits and exponent of |x| rounded to n significant digits, ties to even.
 * @param {number} x  positive, finite
 * @param {number} n
 */
function rounded(x, n) {
  if (n < SAFE && shortest(x).digits.length > n + 1) return split(x.toExponential(n - 1));
  const [mantissa, exponent] = x.toExponential(60).split("e");
  const all = mantissa.replace(".", "");
  let kept = BigInt(all.slice(0, n));
  const rest = all.slice(n);
  const half = "5" + "0".repeat(rest.length - 1);
  if (rest > half || (rest === half && kept % 2n === 1n)) kept += 1n;
  const carried = String(kept).length > n;
  return { digits: String(kept).slice(0, n), exponent: Number(exponent) + (carried ? 1 : 0) };
}

/** The shortest digits that give the same double back. @param {number} x */
const shortest = (x) => split(x.toExponential());

/** @param {string} text  as toExponential writes it */
function split(text) {
  const [mantissa, exponent] = text.split("e");
  return { digits: mantissa.replace(".", ""), exponent: Number(exponent) };
}

/** @param {string} digits @param {number} exponent */
function positional(digits, exponent) {
  if (exponent < 0) return "0." + "0".repeat(-exponent - 1) + digits;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, "0");
  return digits.slice(0, exponent + 1) + "." + digits.slice(exponent + 1);
}

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @param {number} k */
const superscript = (k) =>
  (k < 0 ? "⁻" : "") + String(Math.abs(k)).replace(/\d/g, (d) => SUPERSCRIPT[Number(d)]);

/** @param {string} text @param {string} lang */
export const localise = (text, lang) => (commas[lang] ??= new Intl.NumberFormat(lang).format(0.5).includes(",")) ? text.replace(".", ",") : text;

/** Which languages write 0,5. @type {Record<string, boolean>} */
const commas = {};

/**
 * @param {number | string | null} value  a number, or "NaN", "Infinity", "-Infinity"
 * @param {number | null} digits  significant digits; null for all
 * @param {string} lang
 * @returns {Printed}
 */
export function number(value, digits, lang) {
  if (typeof value === "string") return { text: SPECIAL.get(value) ?? value, exact: true };
  if (value === null || value === 0) return { text: value === null ? "" : "0", exact: true };
  const x = Math.abs(value);
  const short = shortest(x);
  const exact = digits === null || short.digits.length <= digits;
  const scientific = x >= 1e6 || x < 1e-4;
  const whole = scientific ? 1 : short.exponent + 1;
  const shown = exact ? short : rounded(x, Math.max(Number(digits), whole));
  const body = scientific
    ? positional(shown.digits, 0) + "·10" + superscript(shown.exponent)
    : positional(shown.digits, shown.exponent);
  const kept = exact || shortEnough(short, Number(digits), whole);
  return { text: (value < 0 ? "−" : "") + localise(body, lang), exact: kept };
}

/** An integer keeps all its digits, and is exact then.
 * @param {{digits: string}} short @param {number} digits @param {number} whole */
const shortEnough = (short, digits, whole) => short.digits.length <= Math.max(digits, whole);

/** @param {number} x @param {number} decimals */
function fixed(x, decimals) {
  const magnitude = Math.abs(x);
  if (magnitude === 0) return (0).toFixed(decimals);
  const exponent = Number(magnitude.toExponential().split("e")[1]);
  const n = exponent + 1 + decimals;
  if (n < 1) {
    const up = magnitude > 0.5 * 10 ** -decimals;
    return up ? "0." + "1".padStart(decimals, "0") : (0).toFixed(decimals);
  }
  const r = rounded(magnitude, n);
  return positional(r.digits.padEnd(r.exponent + 1 + decimals, "0"), r.exponent);
}

/** Decimals that print x exactly. @param {number} x */
function decimalsOf(x) {
  if (x === 0) return 0;
  const { digits, exponent } = shortest(Math.abs(x));
  return Math.max(0, digits.length - 1 - exponent);
}

/**
 * Cells of one matrix share their decimals.
 * @param {(number | string)[][]} cells @param {number | null} digits @param {string} lang
 * @returns {Printed[][]}
 */
export function cells(cells, digits, lang) {
  const numbers = cells.flat().filter((c) => typeof c === "number");
  const largest = Math.max(0, ...numbers.map(Math.abs));
  if (largest >= 1e6 || (largest > 0 && largest < 1e-4)) {
    return cells.map((row) => row.map((c) => number(c, digits, lang)));
  }
  const leading = largest > 0 ? rounded(largest, digits ?? 17).exponent : 0;
  const room = digits === null ? Infinity : Math.max(0, digits - 1 - leading);
  const decimals = Math.min(room, Math.max(0, ...numbers.map(decimalsOf)));
  return cells.map((row) =>
    row.map((c) => {
      if (typeof c !== "number") return number(c, digits, lang);
      const body = localise(fixed(c, decimals), lang);
      const minus = c < 0 && /[1-9]/.test(body) ? "−" : "";
      return { text: minus + body, exact: decimalsOf(c) <= decimals };
    }),
  );
}

/** Printed text as LaTeX. @param {string} text */
export const latexOf = (text) =>
  text
    .replace("−", "-")
    .replace(",", "{,}")
    .replace("∞", "\\infty")
    .replace("NaN", "\\text{NaN}")
    .replace(/·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power) => {
      const plain = [...power].map((c) => (c === "⁻" ? "-" : String(SUPERSCRIPT.indexOf(c))));
      return ` \\cdot 10^{${plain.join("")}}`;
    });
