/** Where in the epoch training stands: one part per batch, the last partial one shorter. */
import { html, svg } from "../../vendor/lit-html/lit-html.js";

/** @typedef {import("../context.js").Context} Context */

const WIDTH = 320;
const MOST_PARTS = 80;

/** @param {Context} c @param {import("../../network/requests.js").Network} net */
export function ruler({ t }, net) {
  const { batch, counts } = net;
  const size = net.spec.batch_size;
  const label = t("ui.net.ruler", { n: batch.index + 1, of: batch.of, rows: batch.size });
  if (batch.of > MOST_PARTS) {
    return html`<svg class="epoch" viewBox="0 0 ${WIDTH} 14" role="img" aria-label=${label}><rect class="rest" width=${WIDTH} height="14" rx="3"></rect>
      <rect class="done" width=${(WIDTH * (batch.index + 1)) / batch.of} height="14" rx="3"></rect></svg>`;
  }
  const gap = batch.of > 40 ? 1 : 3;
  const unit = (WIDTH - gap * (batch.of - 1)) / counts.rows;
  const parts = Array.from({ length: batch.of }, (_, i) => ({ x: i * (size * unit + gap), w: Math.min(size, counts.rows - i * size) * unit }));
  return html`<svg class="epoch" viewBox="0 0 ${WIDTH} 14" role="img" aria-label=${label}>${parts.map((p, i) =>
    svg`<rect class=${i < batch.index ? "done" : i === batch.index ? "now" : "rest"} x=${p.x} width=${Math.max(1, p.w)} height="14" rx="2"></rect>`)}</svg>`;
}
