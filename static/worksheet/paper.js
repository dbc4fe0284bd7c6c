/**
 * A4 and how large a graph is drawn on it. A unit of the drawing is a quarter of a millimetre, or
 * more where there is room: never less, so that a number fits into its box by hand.
 */

/** Units of a drawing in a millimetre. */
export const UNITS = 4;
/** Height of a box, in units: 9 mm and a little more. */
export const BOX = 37;
/** Width and height of a cell beside the drawing, in millimetres; the style sheet draws it so. */
export const CELL = { w: 20, h: 9.25 };
/** What is printed of a sheet, in millimetres. */
export const SHEETS = { tall: { w: 190, h: 276 }, wide: { w: 277, h: 189 } };

/** Sizes of cards, as those of the stage in `stage/metrics.js`. */
export const PAPER = {
  name: 24, value: 22, small: 16, sign: 15, chip: 20, caption: 14, least: 12, pad: 6, line: 40, cell: [80, BOX],
  cellText: 20, chipCell: [80, BOX], chipText: 20, chipGrid: 6, grid: 8, width: 126, columns: [26, 90], rows: [12, 70], minZoom: 1, maxZoom: 1.25, margin: 0,
};

/** @typedef {keyof typeof SHEETS} Turn */
