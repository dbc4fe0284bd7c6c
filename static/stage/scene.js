/**
 * The picture's plan: cards placed and edges routed, kept until what they rest on changes. A large
 * graph is placed by a worker; until its answer is there, the graph has no scene.
 */
import { nodeOf } from "../indexed.js";
import { around, fit, frameBox, narrowed } from "./camera.js";
import { describe } from "./describe.js";
import { routes, sampled } from "./edges.js";
import { DRAWN } from "./large.js";
import { layout } from "./layout.js";
import { APART, AT_ONCE, layoutLater } from "./layout/later.js";
import { METRICS } from "./metrics.js";

/** However small a large graph becomes, it fills the stage. */
const SMALLEST = 0.01;
/** The bar of the table below a canvas, in pixels. */
export const BAR = 44;

/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {{w: number, h: number, look: keyof typeof METRICS, below?: number, sizes?: import("./metrics.js").Metrics}} Room
 *   `below`: what covers its foot; `sizes`: those of paper, where nothing is active */
/** @typedef {ReturnType<typeof compose>} Scene */
/** @typedef {{of: string, room: string, scene: Scene | null}} Kept */

/** @type {Kept} */
let kept = { of: "", room: "", scene: null };
/** @type {(Kept & {promise: Promise<void>, abort: AbortController, soon: boolean}) | null} */
let awaited = null;
/** @type {WeakMap<Graph, string>} */
const keys = new WeakMap();

/** What the layout rests on: names, shapes and roles, never numbers. @param {Graph} graph */
function restsOn(graph) {
  const key = keys.get(graph) ?? JSON.stringify([graph.output, graph.nodes.map((n) => [n.id, n.latex, n.sign, n.shape, n.grad === null, n.folded]), graph.edges.map((e) => [e.source, e.target])]);
  keys.set(graph, key);
  return key;
}

/** @param {Graph} graph @param {Room} room */
function question(graph, room) {
  const m = room.sizes ?? METRICS[room.look];
  const description = describe(graph, m);
  const strip = room.sizes || room.look === "projector" ? 0 : m.chip * 1.35 + m.caption * 1.35 + m.pad + 22;
  const usable = { w: room.w - 2 * m.margin, h: room.h - 2 * m.margin - strip * m.minZoom, zoom: m.maxZoom, least: description.cards.length > DRAWN ? SMALLEST : m.minZoom };
  return { m, description, strip, usable };
}

/** @param {ReturnType<typeof question>} asked @param {import("./layout.js").Layout} placed */
function compose({ m, description, strip }, placed) {
  const world = { x: 0, y: -strip, w: placed.width, h: placed.height + strip };
  const drawn = routes(placed, description.links);
  const large = description.cards.length > DRAWN;
  /** @type {import("./edges.js").Point[] | null} */
  let points = null;
  return {
    m, description, placed, world, large, routes: drawn, byEdge: new Map(drawn.map((r) => [r.index, r])),
    rects: [...placed.nodes.values()],
    /** Along the edges, for what keeps clear of them. */
    get points() {
      return (points ??= large ? [] : drawn.flatMap(sampled));
    },
  };
}

/** The scene of a graph, null while it is awaited; while only the room has changed, that of the old room.
 * @param {Graph} graph @param {Room} room @returns {Scene | null} */
export function composed(graph, room) {
  const [of, size] = [restsOn(graph), `${room.w} ${room.h} ${room.sizes ? "paper" : room.look}`];
  if (kept.of === of && kept.room === size) return kept.scene;
  if (awaited?.of === of && awaited.room === size) return kept.of === of ? kept.scene : null;
  const asked = question(graph, room);
  if (asked.description.cards.length <= AT_ONCE) {
    kept = { of, room: size, scene: compose(asked, layout(asked.description.cards, asked.description.links, asked.m, asked.usable)) };
    return kept.scene;
  }
  order(of, size, asked);
  return kept.of === of ? kept.scene : null;
}

/** @param {string} of @param {string} room @param {ReturnType<typeof question>} asked */
function order(of, room, asked) {
  awaited?.abort.abort();
  const abort = new AbortController();
  const { cards, links } = asked.description;
  const promise = layoutLater(cards, links, asked.m, asked.usable, abort.signal).then((placed) => {
    if (!abort.signal.aborted) kept = { of, room, scene: compose(asked, placed) };
  }, (reason) => {
    if (!abort.signal.aborted) throw reason;
  });
  awaited = { of, room, scene: null, promise, abort, soon: cards.length <= APART };
}

/** Settled once the scene that was asked for last is there; null when none is awaited. */
export const arranged = () => awaited && waited();

/** Whether it is there in the next tasks: what is drawn before would only hold it up. */
export const soon = () => awaited?.soon ?? false;

async function waited() {
  while (awaited) {
    const mine = awaited;
    await mine.promise.finally(() => {
      if (awaited === mine) awaited = null;
    });
  }
}

/** The view that frames everything, or where that would be too small the active cards.
 * @param {Scene} scene @param {Room} room @param {Scope} scope @param {import("./camera.js").View | null} own */
export function viewOf(scene, room, scope, own) {
  if (own) return { ...own, fits: true };
  const whole = scene.large ? fit(scene.world, { w: room.w, h: room.h - BAR }, { ...scene.m, minZoom: 0 }) : fit(scene.world, room, scene.m);
  if (whole.fits && !room.below) return whole;
  const free = { w: room.w, h: room.h - (room.below ?? 0) };
  const wanted = whole.fits ? whole.k : scene.m.minZoom;
  const active = readRects(scene, scope, free, wanted);
  const k = narrowed(active, free, wanted, scene.m.margin);
  if (whole.fits && active.every((r) => (r.y + r.h) * k + whole.y <= free.h)) return whole;
  const { x, y: top, w, h } = around(active);
  const spare = free.h / k - h - 2 * scene.m.margin;
  const y = top - Math.min(60, Math.max(0, spare));
  const box = { x, y, w, h: top + h - y };
  return { ...frameBox(box, scene.world, free, k, scene.m.margin), fits: false };
}

/** The active cards, and of a step forward as many of those it reads as there is room for, the nearest first.
 * @param {Scene} scene @param {Scope} scope @param {{w: number, h: number}} free @param {number} k */
export function readRects(scene, scope, free, k) {
  const active = activeRects(scene, scope);
  if (!active.length) active.push(scene.rects[0]);
  const step = scope.frame?.step;
  const args = step?.phase === "forward" || step?.phase === "loss" ? nodeOf(scope.graph, step.node)?.args ?? [] : [];
  const read = [...new Set(args)].flatMap((id) => scene.placed.nodes.get(id) ?? []);
  const fitting = (/** @type {import("./camera.js").Rect[]} */ rects) => {
    const { w, h } = around(rects);
    return Math.min((free.w - 2 * scene.m.margin) / w, (free.h - 2 * scene.m.margin) / h);
  };
  const far = (/** @type {import("./camera.js").Rect} */ r) => Math.abs(r.x - active[0].x) + Math.abs(r.y - active[0].y);
  for (const one of read.sort((a, b) => far(a) - far(b))) if (fitting([...active, one]) >= k) active.push(one);
  return active;
}

/** @param {Scene} scene @param {Scope} scope */
export function activeRects(scene, scope) {
  const step = scope.frame?.step;
  if (!step) return [];
  const ids = step.source ? [step.source, step.node] : [step.node];
  return ids.map((id) => scene.placed.nodes.get(id)).filter((r) => r !== undefined);
}
