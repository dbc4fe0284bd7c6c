/** The numbers of the active step in their place, as large as there is room. */
import { chipOf } from "./chip.js";
import { overlap, place } from "./place.js";
import { BAR, activeRects } from "./scene.js";

/** The camera's buttons in the lower right corner, in pixels of the screen. */
const BUTTONS = { w: 130, h: 52 };

/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {import("./scene.js").Room} Room */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {NonNullable<ReturnType<typeof chipOf>>} Chip */
/** @typedef {import("./metrics.js").Metrics} Metrics */
/** @typedef {{m: Metrics, chip: Chip}} Sized */

/** So much smaller the numbers may be where they would hide a card; among more cards they stay as they are. */
const SMALLER = [0.88, 0.78, 0.7];
const FEW = 40;
/** What share of it may lie over the rims of cards. */
const TOLERATED = 0.04;

/** The numbers of the active step, and where they stand. @param {Scene} scene @param {Room} room
 * @param {import("./camera.js").View} view @param {Scope} scope
 * @param {Set<string>} kept  nodes whose values the step reads @param {(key: string) => string} t */
export function placedChip(scene, room, view, scope, kept, t) {
  // On a wall they are so large that they would hide much of a large graph: they are as small as can be read there, and beside it.
  const wall = scene.large && room.look === "projector";
  const own = wall ? smaller(scene.m, scene.m.least / Math.min(scene.m.chip, scene.m.chipText)) : scene.m;
  const m = resized(own, Math.max(1, scene.m.minZoom / view.k));
  const chip = chipOf(scope, m, t);
  const active = activeRects(scene, scope);
  if (!chip || !active.length) return null;
  const inset = 8 / view.k;
  const bar = scene.large ? BAR : 0;
  const bounds = { x: -view.x / view.k + inset, y: -view.y / view.k + inset, w: room.w / view.k - 2 * inset, h: (room.h - bar) / view.k - 2 * inset };
  // Where the camera was moved away from the step, its numbers would hide what is looked at.
  if (!active.some((r) => overlap(r, bounds))) return null;
  const make = (/** @type {Metrics} */ m) => chipOf(scope, m, t) ?? chip;
  const read = [...kept].flatMap((id) => scene.placed.nodes.get(id) ?? []);
  if (room.look === "desk") read.push({ x: bounds.x + bounds.w - BUTTONS.w / view.k, y: bounds.y + bounds.h - BUTTONS.h / view.k, w: BUTTONS.w / view.k, h: BUTTONS.h / view.k });
  const cards = wall ? [asCard(scene)] : scene.large ? active : scene.rects;
  const put = (/** @type {Chip} */ { w, h }) => (wall ? place({ w, h }, active, read, cards, bounds, [], 14 / view.k, bounds.w / w) : place({ w, h }, active, read, cards, bounds, scene.points));
  const found = free(sizes(fitted(chip, m, bounds.w, make), room, make, wall || cards.length > FEW), put, cards);
  const { m: fit, chip: fitting, at } = found;
  const route = scene.byEdge.get(scope.frame?.edgeNumber ?? -1);
  const card = active[active.length - 1];
  const anchor = route ? route.middle : { x: card.x + card.w / 2, y: at.y > card.y ? card.y + card.h : card.y };
  return { chip: fitting, at, anchor, m: fit };
}

/** The chip at its size, then as what may stand where that would hide a card: smaller type, and matrices as their shapes, on a
 * wall these first. @param {Sized} whole @param {Room} room @param {(m: Metrics) => Chip} make @param {boolean} many @returns {Iterable<Sized>} */
function* sizes(whole, room, make, many) {
  yield whole;
  // A telephone has no type to spare.
  if (many || room.look === "phone") return;
  const { m, chip } = whole;
  const sized = (/** @type {Metrics} */ at) => ({ m: at, chip: make(at) });
  const shapes = sized({ ...m, chipGrid: 0 });
  if (room.look === "projector") yield shapes;
  const least = chip.parts.some((part) => part.value !== null) ? m.chipText : Math.min(m.chip, 1.25 * m.value);
  for (const share of SMALLER) if (least * share >= m.least) yield sized(smaller(m, share));
  if (room.look !== "projector") yield shapes;
}

/** The first that hides no card, else the one that hides least. @param {Iterable<Sized>} wishes
 * @param {(chip: Chip) => import("./layout.js").Rect} put @param {import("./layout.js").Rect[]} cards */
function free(wishes, put, cards) {
  /** @type {{m: Metrics, chip: Chip, at: import("./layout.js").Rect, hidden: number} | null} */
  let best = null;
  for (const wish of wishes) {
    const at = put(wish.chip);
    const hidden = cards.reduce((sum, card) => sum + overlap(at, card), 0);
    if (!best || hidden < best.hidden) best = { ...wish, at, hidden };
    if (hidden <= TOLERATED * at.w * at.h) break;
  }
  return /** @type {NonNullable<typeof best>} */ (best);
}

/** A large graph as one card. @param {Scene} scene */
const asCard = ({ placed: { width: w, height: h } }) => ({ x: 0, y: 0, w, h });

/** The chip in its room: matrices give way to their shapes before type becomes too small to read.
 * @param {Chip} chip @param {Metrics} m @param {number} room
 * @param {(m: Metrics) => Chip} make */
function fitted(chip, m, room, make) {
  if (chip.w <= room) return { m, chip };
  if (m.chipText * (room / chip.w) >= m.least) return { m: smaller(m, room / chip.w), chip: make(smaller(m, room / chip.w)) };
  const shapes = make({ ...m, chipGrid: 0 });
  const tight = { ...smaller(m, Math.min(1, room / shapes.w)), chipGrid: 0 };
  return { m: tight, chip: make(tight) };
}

/** @param {Metrics} m @param {number} share @returns {Metrics} */
const smaller = (m, share) => ({ ...m, chip: m.chip * share, caption: Math.max(m.caption * share, Math.min(m.caption, m.least)), chipText: m.chipText * share, value: m.value * share, chipCell: m.chipCell.map((x) => x * share) });

/** Everything of a size of its own, so that it can be read on a small picture. @param {Metrics} m @param {number} share */
const resized = (m, share) => (share === 1 ? m : { ...smaller(m, share), pad: m.pad * share, least: m.least * share });
