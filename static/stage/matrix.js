/** A matrix as a grid of cells in SVG. */
import { svg, nothing } from "../vendor/lit-html/lit-html.js";
import { cellsOf } from "./cells.js";
import { fitted } from "./text.js";

/** @param {import("./cells.js").Grid} grid */
export function matrix(grid) {
  const { rows, columns, size, tone, cell: [w, h] } = grid;
  const out = cellsOf(grid).map(({ text, shade }, k) => {
    const [x, y] = [grid.x + (k % columns) * w, grid.y + Math.floor(k / columns) * h];
    return svg`<rect class="cell ${shade}" x=${x} y=${y} width=${w} height=${h}></rect>${
      size ? svg`<text class="celltext ${tone} ${text === "?" ? "hole" : ""}" x=${x + w / 2} y=${y + h / 2 + size * 0.36} font-size=${fitted(text, size, w - 4)}>${text}</text>` : nothing}`;
  });
  return svg`<g class="grid ${tone}">${out}<rect class="frame" x=${grid.x} y=${grid.y} width=${columns * w} height=${rows * h} rx="4"></rect></g>`;
}
