/**
 * Sizes on the stage in its own units (pixels at zoom 1), one row per way of looking at it;
 * `chipGrid` is how many rows and columns of a matrix stand beside the active edge, `grid` how many
 * are numbered on a card.
 * `minZoom` keeps the smallest text readable: a graph that does not fit then is followed instead.
 */
export const METRICS = {
  desk: {
    name: 30, value: 29, small: 19, sign: 21, chip: 27, caption: 18, least: 15, pad: 15, line: 40, cell: [98, 36],
    cellText: 20, chipCell: [98, 36], chipText: 20, chipGrid: 6, grid: 6, width: 170, columns: [56, 250], rows: [30, 150], minZoom: 0.5, maxZoom: 1.45, margin: 26,
  },
  projector: {
    name: 42, value: 43, small: 29, sign: 30, chip: 54, caption: 29, least: 28, pad: 14, line: 54, cell: [206, 52],
    cellText: 40, chipCell: [264, 66], chipText: 52, chipGrid: 6, grid: 6, width: 252, columns: [66, 300], rows: [26, 170], minZoom: 1, maxZoom: 1.25, margin: 14,
  },
  phone: {
    name: 30, value: 28, small: 20, sign: 21, chip: 27, caption: 20, least: 19.5, pad: 12, line: 40, cell: [100, 38],
    cellText: 20, chipCell: [100, 38], chipText: 20, chipGrid: 6, grid: 6, width: 168, columns: [36, 120], rows: [30, 110], minZoom: 0.78, maxZoom: 1.2, margin: 18,
  },
};

/** @typedef {typeof METRICS.desk} Metrics */
