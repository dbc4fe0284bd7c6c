/** The lines of a drawing as TikZ writes them. */

/** Absolute lines and curves, which are all that the stage draws. @param {string} d */
export function path(d) {
  return [...d.matchAll(/([MLCZ])([^MLCZ]*)/gi)].map(([, letter, rest]) => {
    const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
    const points = numbers.filter((_, i) => i % 2 === 0).map((x, i) => `(${round(x)},${round(numbers[2 * i + 1])})`);
    if (letter.toUpperCase() === "Z") return "-- cycle";
    if (letter === "C") return points.map((p, i) => (i % 3 === 0 ? `.. controls ${p}` : i % 3 === 1 ? `and ${p}` : `.. ${p}`)).join(" ");
    return (letter === "L" ? "-- " : "") + points.join(" -- ");
  }).join(" ");
}

/** @param {number} x */
export const round = (x) => Math.round(x * 100) / 100;
