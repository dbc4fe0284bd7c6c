/** A matrix as a grid of cells: number and a colour scale that is symmetric about zero. */
import { svg, nothing } from "../vendor/lit-html/lit-html.js";
import { cells as print } from "../format.js";
import { fitted } from "./text.js";

/** @param {import("../types.js").Numbers} value @returns {(number | string)[][]} */
export const asRows = (value) =>
  !Array.isArray(value) ? [[value]] : Array.isArray(value[0]) ? value : [value];

/** Steps of the scale: −4 … 4; non-finite cells are marked. @param {number | string} x @param {number} largest */
function shade(x, largest) {
  if (typeof x === "string") return "bad";
  if (!largest || x === 0) return "z0";
  const level = Math.max(1, Math.ceil((Math.abs(x) / largest) * 4));
  return (x < 0 ? "n" : "p") + level;
}

/**
 * @param {{value: import("../types.js").Numbers | null, rows: number, columns: number, x: number, y: number,
 *   cell: number[], size: number, digits: number | null, lang: string, tone: string, numbers: boolean, hole?: string}} grid
 */
export function matrix(grid) {
  const { rows, columns, cell: [w, h] } = grid;
  const data = grid.value === null ? null : asRows(grid.value);
  const largest = Math.max(0, ...(data ?? []).flat().map((c) => (typeof c === "number" ? Math.abs(c) : 0)));
  const text = data && grid.numbers ? print(data, grid.digits, grid.lang) : null;
  const out = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      const shown = text?.[i]?.[j]?.text ?? (data && grid.numbers ? "" : grid.hole ?? "");
      const [x, y] = [grid.x + j * w, grid.y + i * h];
      out.push(svg`<rect class="cell ${data && grid.numbers ? shade(data[i]?.[j] ?? 0, largest) : "empty"}" x=${x} y=${y} width=${w} height=${h}></rect>${
        grid.size ? svg`<text class="celltext ${grid.tone} ${shown === "?" ? "hole" : ""}" x=${x + w / 2} y=${y + h / 2 + grid.size * 0.36} font-size=${fitted(shown, grid.size, w - 4)}>${shown}</text>` : nothing}`);
    }
  }
  return svg`<g class="grid ${grid.tone}">${out}<rect class="frame" x=${grid.x} y=${grid.y} width=${columns * w} height=${rows * h} rx="4"></rect></g>`;
}
