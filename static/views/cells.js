/**
 * An array as a grid of buttons, one per element. All places of one element are lit together:
 * where the pointer or the focus is (`hover`), or else where a press was (`cell`).
 */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { cells as print } from "../format.js";
import { elementId, lookedAt } from "../network/element.js";
import { asRows, shade } from "../stage/cells.js";

/** @typedef {import("./context.js").Context} Context */
/**
 * @typedef {{name: string, value: any, tone: string, label: string, lit?: (index: number[]) => string, known?: boolean,
 *   id?: (i: number, j: number) => string, flat?: boolean}} Grid
 *   `label` is what a screen reader says before the place; `lit` a class for each cell; `flat` a list as one row
 */

/** So many columns hold numbers; more are colours alone. */
const NUMBERED = 6;
const MOST = 16;

/** @param {Context} c @param {Grid} grid */
export function cellGrid(c, grid) {
  const { state, store } = c;
  const list = !Array.isArray(grid.value) || !Array.isArray(grid.value[0]);
  const rows = asRows(grid.value);
  const [h, w] = [rows.length, rows[0]?.length ?? 0];
  if (h > MOST || w > MOST) return html`<p class="hint">${h} × ${w}</p>`;
  const text = print(rows, state.digits, state.lang);
  const largest = Math.max(0, ...rows.flat().map((x) => (typeof x === "number" ? Math.abs(x) : 0)));
  const ids = rows.map((row, i) => row.map((_, j) => (grid.id ? grid.id(i, j) : elementId(grid.name, !Array.isArray(grid.value) ? [] : list ? [j] : [i, j]))));
  const now = lookedAt(state);
  const stop = ids.flat().includes(now) ? now : ids[0]?.[0];
  const over = (/** @type {string} */ hover) => () => store.get().hover !== hover && store.set({ hover });
  const one = (/** @type {number} */ i, /** @type {number} */ j) => {
    const id = ids[i][j];
    const shown = grid.known === false ? "?" : text[i][j].text;
    const lit = id === now ? "lit" : grid.lit?.([i, j]) ?? "";
    return html`<button class="cell ${grid.known === false ? "hole" : shade(rows[i][j], largest)} ${lit}" data-cell=${id} tabindex=${id === stop ? 0 : -1} aria-pressed=${id === state.cell ? "true" : "false"}
      aria-label="${grid.label} ${place(list, i, j)}: ${shown}" @click=${() => store.set({ cell: id })} @pointerenter=${over(id)} @focus=${over(id)} @pointerleave=${over("")} @blur=${over("")}>${w <= NUMBERED ? shown : nothing}</button>`;
  };
  return html`<div class="cellgrid ${grid.tone} ${w > NUMBERED ? "small" : ""} columns-${w}" role="group" aria-label=${grid.label} @keydown=${move}>${rows.map((row, i) => row.map((_, j) => one(i, j)))}</div>`;
}

/** @param {boolean} list @param {number} i @param {number} j */
const place = (list, i, j) => (list ? `[${j}]` : `[${i}, ${j}]`);

/** Up and down go through the cells in the order of reading: left and right belong to the playhead.
 * @param {KeyboardEvent} event */
function move(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const from = /** @type {Element} */ (event.target);
  const to = event.key === "ArrowDown" ? from.nextElementSibling : from.previousElementSibling;
  event.preventDefault();
  if (to instanceof HTMLElement) to.focus();
}
