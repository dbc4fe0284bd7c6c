/** A drawing that no sheet holds is cut between its cards, column by column, and a column between its rows. */

/** @typedef {import("../stage/layout.js").Rect} Rect */
/** @typedef {{w: number, h: number}} Size */

/** Around a card in its piece: so much of an arrow goes on. */
const AROUND = 12;

/** @param {Rect[]} cards @param {Size} room @returns {Rect[]}  pieces from left to right, and downwards */
export const cut = (cards, room) =>
  bands(cards, room.w, "x", "w").flatMap((strip) => bands(strip, room.h, "y", "h").map(around));

/** Neighbours together as far as the room goes, without cutting a card.
 * @param {Rect[]} cards @param {number} room @param {"x" | "y"} from @param {"w" | "h"} size @returns {Rect[][]} */
function bands(cards, room, from, size) {
  /** @type {{start: number, end: number, cards: Rect[]}[]} */
  const found = [];
  for (const card of [...cards].sort((a, b) => a[from] - b[from])) {
    const [start, end] = [card[from], card[from] + card[size]];
    const last = found.at(-1);
    if (last && start < last.end) {
      last.end = Math.max(last.end, end);
      last.cards.push(card);
    } else found.push({ start, end, cards: [card] });
  }
  return joined(found, room - 2 * AROUND);
}

/** @param {{start: number, end: number, cards: Rect[]}[]} groups @param {number} room */
function joined(groups, room) {
  /** @type {typeof groups} */
  const out = [];
  for (const group of groups) {
    const last = out.at(-1);
    if (last && group.end - last.start <= room) {
      last.end = group.end;
      last.cards.push(...group.cards);
    } else out.push({ ...group, cards: [...group.cards] });
  }
  return out.map(({ cards }) => cards);
}

/** @param {Rect[]} cards @returns {Rect} */
function around(cards) {
  const [x, y] = [Math.min(...cards.map((c) => c.x)) - AROUND, Math.min(...cards.map((c) => c.y)) - AROUND];
  const right = Math.max(...cards.map((c) => c.x + c.w)) + AROUND;
  const foot = Math.max(...cards.map((c) => c.y + c.h)) + AROUND;
  return { x, y, w: right - x, h: foot - y };
}
