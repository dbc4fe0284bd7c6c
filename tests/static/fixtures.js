import { readFileSync } from "node:fs";

/** @param {string} path */
export const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

/** Answers of the server, by name. @type {Record<string, import("../../static/types.js").Graph>} */
export const graphs = read("./fixtures/graphs.json");

/** Numbers in [0, 1), the same in every run (mulberry32). @param {number} seed */
export function random(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
