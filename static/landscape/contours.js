/**
 * Lines of equal height through a grid of numbers, closed along its border: marching squares with linear interpolation.
 * The grid is framed by numbers lower than all others, so that every line comes back to where it began.
 */

/** @typedef {[number, number]} Point  in columns and rows of the grid */

/** Where the two ends of a cell's pieces lie, edge by edge (0 top, 1 right, 2 bottom, 3 left), for each set of its high corners;
 * what is high lies to the right of the way. Bits: 1 top left, 2 top right, 4 bottom right, 8 bottom left. @type {[number, number][][]} */
const PIECES = [
  [], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], [[3, 2], [1, 0]], [[0, 2]], [[3, 2]],
  [[2, 3]], [[2, 0]], [[0, 3], [2, 1]], [[2, 1]], [[1, 3]], [[1, 0]], [[0, 3]], [],
];

/** @param {number[][]} grid @param {number} level @returns {Point[][]} closed rings around what is at least as high */
export function rings(grid, level) {
  const [rows, columns] = [grid.length, grid[0].length];
  const at = (/** @type {number} */ i, /** @type {number} */ j) => (i < 0 || j < 0 || i >= columns || j >= rows ? -Infinity : grid[j][i]);
  /** @type {Map<string, {to: string, point: Point}>} */
  const pieces = new Map();
  for (let j = -1; j < rows; j += 1) {
    for (let i = -1; i < columns; i += 1) {
      const corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
      const high = corners.reduce((bits, v, k) => bits | (Number(v >= level) << k), 0);
      for (const [from, to] of PIECES[high]) pieces.set(key(i, j, from), { to: key(i, j, to), point: crossing(i, j, from, corners, level, columns, rows) });
    }
  }
  return chained(pieces);
}

/** An edge belongs to two cells and has one name. @param {number} i @param {number} j @param {number} edge */
const key = (i, j, edge) => (edge % 2 ? `v${edge === 1 ? i + 1 : i},${j}` : `h${i},${edge === 2 ? j + 1 : j}`);

/** @param {number} i @param {number} j @param {number} edge @param {number[]} corners @param {number} level @param {number} columns @param {number} rows @returns {Point} */
function crossing(i, j, edge, corners, level, columns, rows) {
  const [one, other] = [[0, 1], [1, 2], [3, 2], [0, 3]][edge].map((k) => corners[k]);
  // Outside of the grid there is no number to go by: the line runs along the border.
  const share = one === -Infinity ? 1 : other === -Infinity ? 0 : (level - one) / (other - one);
  const [x, y] = edge % 2 ? [edge === 1 ? i + 1 : i, j + share] : [i + share, edge === 2 ? j + 1 : j];
  return [Math.min(columns - 1, Math.max(0, x)), Math.min(rows - 1, Math.max(0, y))];
}

/** @param {Map<string, {to: string, point: Point}>} pieces */
function chained(pieces) {
  /** @type {Point[][]} */
  const found = [];
  while (pieces.size) {
    let [name] = pieces.keys();
    /** @type {Point[]} */
    const ring = [];
    for (let piece = pieces.get(name); piece; piece = pieces.get(name)) {
      ring.push(piece.point);
      pieces.delete(name);
      name = piece.to;
    }
    found.push(ring);
  }
  return found;
}
