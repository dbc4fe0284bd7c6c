/**
 * The two lower canvases, edges and cards: painted once for a camera and a theme, a little in every
 * picture of the screen and out of sight, then shown at once; after that only what a step changes.
 */
import { sight } from "../camera.js";
import { inSight } from "./picture.js";
import { aim, blank, paintCards, paintEdges } from "./static.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("../../touched.js").Touched} Touched */

/** @returns {Touched} */
const nothing = () => ({ nodes: new Set(), edges: new Set() });

/** @param {HTMLCanvasElement[]} fronts  edges and cards */
export function createLower(fronts) {
  const pens = fronts.map(penOf);
  const backs = fronts.map(() => penOf(document.createElement("canvas")));
  /** What the canvases show. @type {Picture | null} */
  let painted = null;
  /** @type {Generator<void> | null} */
  let job = null;
  let dirty = nothing();
  /** What is written on each card, tone and text in turn. @type {Map<string, string[]>} */
  let drawn = new Map();
  /** Lines that were painted over in a fainter colour leave a trace. */
  let stained = false;

  /** @param {Picture} p @param {Palette} palette @returns {Generator<void>} */
  function* all(p, palette) {
    const written = new Map();
    for (const pen of backs) blank(pen, p);
    const { ids, routes } = inSight(p, sight(p.view, p.room), p.cards.keys(), p.scene.routes);
    yield* paintEdges(backs[0], p, routes, palette);
    yield* paintCards(backs[1], p, ids, palette, written);
    for (const [i, pen] of pens.entries()) {
      Object.assign(pen.canvas, { width: backs[i].canvas.width, height: backs[i].canvas.height });
      pen.drawImage(backs[i].canvas, 0, 0);
      pen.canvas.style.transform = "";
      aim(pen, p);
    }
    [painted, drawn, stained] = [p, written, false];
  }

  /** @param {Picture} now @param {Palette} palette @param {Touched} touched @returns {Generator<void>} */
  function* some(now, palette, touched) {
    const p = { ...now, view: /** @type {Picture} */ (painted).view };
    const { ids, routes } = inSight(p, sight(p.view, p.room), touched.nodes, [...touched.edges].flatMap((e) => p.scene.byEdge.get(e) ?? []));
    yield* paintEdges(pens[0], p, routes, palette);
    yield* paintCards(pens[1], p, ids, palette, drawn);
  }

  return {
    drawn: () => drawn,
    painted: () => painted,
    settled: () => !job && !dirty.nodes.size && !dirty.edges.size && !stained,
    /** Begin to paint everything. @param {Picture} p @param {Palette} palette */
    begin(p, palette) {
      [dirty, job] = [nothing(), all(p, palette)];
    },
    /** Show nothing until everything is painted. */
    clear() {
      painted = null;
      for (const pen of pens) pen.canvas.width = 0;
    },
    /** Remember what steps have changed. @param {Touched} touched @param {boolean} back  whether they were taken back */
    mark(touched, back) {
      for (const id of touched.nodes) dirty.nodes.add(id);
      for (const e of touched.edges) dirty.edges.add(e);
      stained ||= back;
    },
    /** Move what is painted with the camera, as it is. @param {import("../camera.js").View} view */
    follow(view) {
      if (!painted) return;
      job = null;
      const k = view.k / painted.view.k;
      const transform = `translate(${view.x - painted.view.x * k}px, ${view.y - painted.view.y * k}px) scale(${k})`;
      for (const canvas of fronts) canvas.style.transform = transform;
    },
    /** Paint on, for so many milliseconds. @param {Picture} now @param {Palette} palette @param {number} milliseconds */
    advance(now, palette, milliseconds) {
      const end = performance.now() + milliseconds;
      while (performance.now() < end) {
        if (job?.next().done) job = null;
        if (job) continue;
        if (painted && (dirty.nodes.size || dirty.edges.size)) [job, dirty] = [some(now, palette, dirty), nothing()];
        else if (stained) job = all(now, palette);
        else return;
      }
    },
  };
}

/** @param {HTMLCanvasElement} canvas */
const penOf = (canvas) => /** @type {Pen} */ (canvas.getContext("2d"));
