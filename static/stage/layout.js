/**
 * Where the cards of a graph stand, and which way its edges go; left to right. Pure.
 *
 * `layout` answers at once, `layoutLater` in `layout/later.js` without holding up the page.
 */
import { layoutOf, problemOf } from "./layout/problem.js";
import { solved } from "./layout/solve.js";

/** @typedef {{id: string, w: number, h: number, element?: {node: string, index: number[]} | null}} Box  `element` tells of which array it is a number */
/** @typedef {{index: number, source: string, target: string, slot: number}} Link */
/** @typedef {{x: number, y: number, w: number, h: number}} Rect */
/** @typedef {{columns: number[], rows: number[]}} Gaps  the least and the most between columns, and between cards in one */
/** @typedef {{w: number, h: number, zoom: number, least: number}} Room  what is free for the picture, and how it may be scaled */
/** @typedef {{nodes: Map<string, Rect>, routes: Map<number, {x: number, y: number}[]>, width: number, height: number}} Layout */

/**
 * @param {Box[]} boxes  arguments before uses
 * @param {Link[]} links  those into one box in the order of its arguments
 * @param {Gaps} gaps @param {Room} stage
 * @returns {Layout}
 */
export const layout = (boxes, links, gaps, stage) => layoutOf(solved(problemOf(boxes, links, gaps, stage)), boxes, links);
