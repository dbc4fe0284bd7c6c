/**
 * The layout of a graph, later: small graphs at once, larger ones in a worker, which is stopped
 * when it takes too long; then the graph gets a simpler layout.
 */
import { layout } from "../layout.js";
import { BEGUN } from "./begun.js";
import { clock } from "./clock.js";
import { buffers, layoutOf, problemOf } from "./problem.js";

/** @typedef {import("../layout.js").Box} Box */
/** @typedef {import("../layout.js").Link} Link */
/** @typedef {import("../layout.js").Gaps} Gaps */
/** @typedef {import("../layout.js").Room} Room */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {{postMessage: (message: any, transfer: ArrayBuffer[]) => void, terminate: () => void,
 *   onmessage: ((event: any) => void) | null, onerror: ((event: any) => void) | null}} Helper  a Worker, as far as it is used here */

/** Graphs of up to so many cards are laid out at once. */
export const AT_ONCE = 150;
/** Of up to so many, in a task of its own: a worker would come later than the places. */
export const APART = 400;
/** A worker has so many milliseconds, once to be there and once for its answer. */
export const PATIENCE = 2000;

/** @param {{spawn: () => Helper, patience?: number}} means */
export function createLayoutLater({ spawn, patience = PATIENCE }) {
  /** A worker that has answered waits for the next question. @type {Helper | null} */
  let idle = null;
  /** How many are at work. */
  let busy = 0;

  /** @param {Box[]} boxes @param {Link[]} links @param {Gaps} gaps @param {Room} stage @param {AbortSignal} [signal]
   * @returns {Promise<Layout>}  rejected only by the signal, with its reason */
  async function later(boxes, links, gaps, stage, signal) {
    signal?.throwIfAborted();
    if (boxes.length <= AT_ONCE) return layout(boxes, links, gaps, stage);
    if (boxes.length <= APART) {
      await task();
      signal?.throwIfAborted();
      const placed = layout(boxes, links, gaps, stage);
      await task();
      signal?.throwIfAborted();
      return placed;
    }
    const question = problemOf(boxes, links, gaps, stage);
    const places = await asked(question, signal).catch(async (reason) => {
      if (signal?.aborted) throw reason;
      const { simple } = await import("./simple.js");
      return simple(problemOf(boxes, links, gaps, stage));
    });
    return layoutOf(places, boxes, links);
  }

  /** Rejected when the worker fails, is too slow or is not wanted any more; it is stopped then.
   * @param {import("./problem.js").Problem} question @param {AbortSignal} [signal] @returns {Promise<import("./problem.js").Places>} */
  function asked(question, signal) {
    return new Promise((resolve, reject) => {
      // In a sandboxed frame none can be had: that rejects.
      const worker = idle ?? spawn();
      idle = null;
      busy += 1;
      const time = clock(patience, () => stop(new Error("The layout took too long.")));
      const done = () => {
        busy -= 1;
        time.stop();
        signal?.removeEventListener("abort", aborted);
        worker.onmessage = worker.onerror = null;
      };
      const stop = (/** @type {any} */ reason) => {
        done();
        worker.terminate();
        reject(reason);
      };
      const aborted = () => stop(signal?.reason);
      signal?.addEventListener("abort", aborted);
      worker.onerror = (event) => {
        event.preventDefault?.();
        stop(new Error("The layout failed."));
      };
      worker.onmessage = ({ data }) => {
        if (data === BEGUN) return time.restart();
        done();
        if (idle) worker.terminate();
        else idle = worker;
        resolve(data);
      };
      worker.postMessage(question, buffers(question));
    });
  }

  return Object.assign(later, { /** Have a worker there before it is asked. */ warm: () => {
    try {
      if (!busy) idle ??= spawn();
    } catch {
      // Then the simpler layout comes at once.
    }
  } });
}

/** The next task, so that none takes long. @returns {Promise<void>} */
const task = () => new Promise((done) => void setTimeout(done));

export const layoutLater = createLayoutLater({
  spawn: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
});
