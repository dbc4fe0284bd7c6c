/** At which losses the colour changes: round numbers, even on a linear or on a logarithmic scale. */

/** @typedef {{log: boolean, levels: number[]}} Scale  growing; below the first lies the first colour, above the last the last */

/** So many colours there are. */
export const COLOURS = 12;
/** Losses that span more than this are shown by their powers of ten. */
const WIDE = 40;
const LEAST = 1e-300;
/** Between powers of ten that lie too close there are not enough round numbers. */
const FEW = 3;

/** @param {{lowest: number | null, highest: number | null}} range @param {boolean | null} wanted  whether logarithmic; null: as it fits @returns {Scale} */
export function scaleOf({ lowest, highest }, wanted) {
  const [low, high] = [lowest ?? 0, highest ?? 1];
  const log = high > 0 && (wanted ?? (low > 0 ? high / low > WIDE : low === 0 && high > WIDE));
  const marks = log ? powers(Math.max(low, high * 1e-12, LEAST), high) : [];
  return { log, levels: marks.length < FEW ? even(low, high) : marks };
}

/** @param {number} low @param {number} high */
function even(low, high) {
  const rough = (high - low) / COLOURS;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10].map((s) => s * decade).find((s) => s >= rough) ?? rough;
  const first = Math.floor(low / step) + 1;
  const count = Math.ceil(high / step) - first;
  return Array.from({ length: Math.min(COLOURS - 1, Math.max(0, count)) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten and round numbers between them, the finest that are not too many. @param {number} low @param {number} high */
function powers(low, high) {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  for (const steps of [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3]]) {
    const all = between(from, to, steps, 1).filter((v) => v > low && v < high);
    if (all.length < COLOURS) return all;
  }
  for (let every = 1; ; every += 1) {
    const all = between(from, to, [1], every).filter((v) => v > low && v < high);
    if (all.length < COLOURS) return all;
  }
}

/** @param {number} from @param {number} to @param {number[]} steps @param {number} every */
function between(from, to, steps, every) {
  const marks = [];
  for (let k = Math.ceil(from / every) * every; k <= to; k += every) marks.push(...steps.map((s) => Number(`${s}e${k}`)));
  return marks;
}

/** The colour of the band over so many levels; few bands are spread over all colours. @param {number} below  levels @param {number} all */
export const colourOf = (below, all) => (all ? Math.round((below * (COLOURS - 1)) / all) : Math.floor(COLOURS / 2));

/** The grid as heights: by logarithm where the scale is, and what is no finite number as higher than all. @param {(number | string)[][]} losses @param {Scale} scale */
export function heights(losses, { log }) {
  const height = (/** @type {number | string} */ v) => (typeof v !== "number" ? Number.MAX_VALUE : log ? Math.log10(Math.max(v, LEAST)) : v);
  return losses.map((row) => row.map(height));
}

/** @param {Scale} scale @param {number} level */
export const heightOf = ({ log }, level) => (log ? Math.log10(level) : level);
