/**
 * A layered layout, left to right, in four passes over numbers only: ranks, order within a rank,
 * heights, and gaps that fill the stage. Pure and linear in nodes × sweeps.
 *
 * Ordering by barycentres: Sugiyama, Tagawa and Toda (1981). Heights by isotonic regression (pool
 * adjacent violators): the least squares place near the neighbours that keeps order and gaps.
 */

import { heights, stretched } from "./heights.js";
import { layered } from "./layers.js";
import { orderLayers } from "./order.js";

/** @typedef {{id: string, w: number, h: number}} Box */
/** @typedef {{index: number, source: string, target: string, slot: number}} Link */
/** @typedef {{x: number, y: number, w: number, h: number}} Rect */
/** @typedef {{columns: number[], rows: number[]}} Gaps */
/** @typedef {{nodes: Map<string, Rect>, routes: Map<number, {x: number, y: number}[]>, width: number, height: number}} Layout */
/** @typedef {{key: string, box: Box | null, rank: number, w: number, h: number, up: Cell[], down: Cell[], y: number, order: number}} Cell */

/**
 * @param {Box[]} boxes  arguments before uses
 * @param {Link[]} links @param {Gaps} gaps @param {{w: number, h: number, zoom: number, least: number}} stage
 * @returns {Layout}
 */
export function layout(boxes, links, gaps, stage) {
  const { layers, chains } = layered(boxes, links);
  orderLayers(layers);
  const widths = layers.map((layer) => Math.max(0, ...layer.map((c) => c.w)));
  const solid = widths.reduce((a, b) => a + b, 0);
  const between = Math.max(1, layers.length - 1);
  const [narrow, wide] = gaps.columns;
  const tight = heights(layers, gaps.rows[0]);
  const zoom = Math.max(stage.least, Math.min(stage.zoom, stage.w / (solid + narrow * (layers.length - 1)), stage.h / tight));
  const column = clamp((stage.w / zoom - solid) / between, narrow, wide);
  const height = stretched(layers, gaps.rows, stage.h / zoom);
  return placed(layers, chains, widths, column, height);
}

/** @param {number} x @param {number} low @param {number} high */
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

/** @param {Cell[][]} layers @param {Map<number, Cell[]>} chains @param {number[]} widths
 * @param {number} column @param {number} height @returns {Layout} */
function placed(layers, chains, widths, column, height) {
  const nodes = new Map();
  /** @type {number[]} */
  const middles = [];
  let x = 0;
  for (const [r, layer] of layers.entries()) {
    middles[r] = x + widths[r] / 2;
    for (const c of layer) {
      if (c.box) nodes.set(c.box.id, { x: middles[r] - c.w / 2, y: c.y - c.h / 2, w: c.w, h: c.h });
    }
    x += widths[r] + column;
  }
  const routes = new Map([...chains].map(([index, chain]) =>
    [index, chain.map((c) => ({ x: middles[c.rank], y: c.y }))]));
  return { nodes, routes, width: x - column, height };
}
