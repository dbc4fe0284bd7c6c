/** A field of shades as few paths: neighbours of one shade in a row are one patch. Pure. */

/** Patches overlap by so much, so that no seam shows between them. */
const OVER = 0.6;

/**
 * @param {string[]} kinds  the shade of each cell, row by row from the lower left corner
 * @param {number} size  cells in a row @param {number} side  of the whole picture
 * @returns {[string, string][]}  each shade with its path
 */
export function patches(kinds, size, side) {
  const cell = side / size;
  const places = Array.from({ length: size + 1 }, (_, i) => (i * cell).toFixed(1));
  const widths = Array.from({ length: size + 1 }, (_, n) => (n * cell + OVER).toFixed(1));
  /** @type {Map<string, string[]>} */
  const paths = new Map();
  for (let start = 0, end = 1; start < kinds.length; start = end, end += 1) {
    const rest = size - (start % size);
    while (end - start < rest && kinds[end] === kinds[start]) end += 1;
    const width = widths[end - start];
    const path = paths.get(kinds[start]) ?? [];
    paths.set(kinds[start], path);
    path.push(`M${places[start % size]} ${places[size - 1 - Math.floor(start / size)]}h${width}v${widths[1]}h-${width}z`);
  }
  return [...paths].map(([kind, path]) => [kind, path.join("")]);
}
