/**
 * A place for the numbers of the active step: near its edge, over no card if there is one, and
 * over as little of the edges as can be.
 */

/** @typedef {import("./layout.js").Rect} Rect */

/** What a hidden point of an edge costs, in units of area. */
const CROSSED = 90;
/** So many heights are tried at most. */
const ROWS = 200;

/** @param {Rect} a @param {Rect} b */
export function overlap(a, b) {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/**
 * @param {{w: number, h: number}} chip @param {Rect[]} active  the two cards of the edge, or one
 * @param {Rect[]} read  cards whose values the step reads
 * @param {Rect[]} cards @param {Rect} bounds  where the chip may stand
 * @param {{x: number, y: number}[]} [points]  along the edges
 * @param {number} [gap] @param {number} [reach]  how far to the sides it may stand, in widths of its own
 * @returns {Rect}
 */
export function place(chip, active, read, cards, bounds, points = [], gap = 14, reach = 0.75) {
  const left = Math.min(...active.map((r) => r.x));
  const right = Math.max(...active.map((r) => r.x + r.w));
  const top = Math.min(...active.map((r) => r.y));
  const bottom = Math.max(...active.map((r) => r.y + r.h));
  const middle = (left + right) / 2;
  const rows = [top - gap - chip.h, bottom + gap, ...active.flatMap((r) => [r.y - gap - chip.h, r.y + r.h + gap])];
  for (let y = bounds.y; y + chip.h <= bounds.y + bounds.h; y += Math.max(24, bounds.h / ROWS)) rows.push(y);
  const shifts = [0];
  for (let share = 0.25; share <= reach; share += 0.25) shifts.push(share * chip.w, -share * chip.w);
  const near = cards.filter((c) => overlap(bounds, c));
  const shown = points.filter((p) => p.x > bounds.x && p.x < bounds.x + bounds.w && p.y > bounds.y && p.y < bounds.y + bounds.h);
  let best = { x: middle - chip.w / 2, y: rows[0], w: chip.w, h: chip.h };
  let least = Infinity;
  for (const y0 of rows) {
    for (const shift of shifts) {
      const x = Math.min(bounds.x + bounds.w - chip.w, Math.max(bounds.x, middle - chip.w / 2 + shift));
      const y = Math.min(bounds.y + bounds.h - chip.h, Math.max(bounds.y, y0));
      const rect = { x, y, w: chip.w, h: chip.h };
      const grown = { x: x - 6, y: y - 6, w: chip.w + 12, h: chip.h + 12 };
      const far = Math.hypot(x + chip.w / 2 - middle, y + chip.h / 2 - (top + bottom) / 2) * (y < top ? 1 : 1.15) * 3;
      if (far >= least) continue;
      const covered = near.reduce((sum, c) => sum + overlap(grown, c), 0);
      const hidden = [...active, ...read].reduce((sum, c) => sum + overlap(grown, c), 0);
      const crossed = shown.filter((p) => p.x > grown.x && p.x < grown.x + grown.w && p.y > grown.y && p.y < grown.y + grown.h).length;
      const cost = covered * 3 + hidden * 6 + crossed * CROSSED + far;
      if (cost < least) [best, least] = [rect, cost];
    }
  }
  return best;
}
