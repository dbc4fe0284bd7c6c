/** Where in the epoch training stands: one part per batch, the last partial one shorter, and in it the rows. */
import { html, svg } from "../../vendor/lit-html/lit-html.js";
import { station } from "../../network/stations.js";

/** @typedef {import("../context.js").Context} Context */

const [WIDTH, HEIGHT] = [320, 16];
const MOST_PARTS = 80;
/** So many rows of an epoch are told apart. */
const MOST_ROWS = 96;

/** @param {Context} c @param {import("../../network/requests.js").Network} net */
export function ruler({ state, t }, net) {
  const { batch, counts } = net;
  const size = net.spec.batch_size;
  const label = t("ui.net.ruler", { n: batch.index + 1, of: batch.of, rows: batch.size });
  const rect = (/** @type {string} */ kind, /** @type {number} */ x, /** @type {number} */ w) => svg`<rect class=${kind} x=${x} width=${Math.max(1, w)} height=${HEIGHT} rx="2"></rect>`;
  const drawn = (/** @type {unknown} */ parts) => html`<svg class="epoch" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>${parts}</svg>`;
  if (batch.of > MOST_PARTS) return drawn([rect("rest", 0, WIDTH), rect("done", 0, (WIDTH * (batch.index + 1)) / batch.of)]);
  const gap = batch.of > 40 ? 1 : batch.of > 12 ? 3 : 7;
  const unit = (WIDTH - gap * (batch.of - 1)) / counts.rows;
  const here = batch.index * size + batch.rows.map(String).indexOf(station(state));
  return drawn(Array.from({ length: batch.of }, (_, i) => {
    const kind = i < batch.index ? "done" : i === batch.index ? "now" : "rest";
    const [x, rows] = [i * (size * unit + gap), Math.min(size, counts.rows - i * size)];
    if (counts.rows > MOST_ROWS) return svg`<g class="part">${rect(kind, x, rows * unit)}</g>`;
    return svg`<g class="part">${Array.from({ length: rows }, (_, k) => rect(`${kind} ${i * size + k === here ? "here" : ""}`, x + k * unit, unit - 1))}</g>`;
  }));
}
