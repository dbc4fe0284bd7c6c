/** The parts of the page that come when they are first wanted. */
import { currentIndex } from "./player.js";
import { isLarge } from "./stage/large.js";
import { sweeping } from "./sweep/swept.js";
import { inParts } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./types.js").Config} Config */
/**
 * @typedef {{network: typeof import("./views/network.js"), compare: typeof import("./views/compare/compare.js"),
 *   sweep: typeof import("./views/sweep/sweep.js"),
 *   landscape: typeof import("./views/landscape/landscape.js"), large: typeof import("./views/large.js"),
 *   editor: typeof import("./views/editor.js"), lesson: typeof import("./views/scene.js"), rules: typeof import("./views/rules.js"), product: typeof import("./views/product.js"), ways: typeof import("./ways.js"), help: typeof import("./views/help.js"), transcript: typeof import("./views/transcript.js"),
 *   ask: typeof import("./views/ask.js"), practice: typeof import("./views/practice.js"), compose: typeof import("./views/compose.js"), present: typeof import("./views/present.js"), onward: typeof import("./views/onward.js"),
 *   figures: typeof import("./views/figures.js")}} Parts
 */

/** @type {Record<keyof Parts, {wanted: (state: State, config: Config) => boolean, load: () => Promise<any>}>} */
const PARTS = {
  network: { wanted: (s) => s.left === "network" || s.network !== "", load: () => import("./views/network.js") },
  compare: { wanted: (s) => s.compare !== null, load: () => import("./views/compare/compare.js") },
  sweep: { wanted: sweeping, load: () => import("./views/sweep/sweep.js") },
  landscape: { wanted: (s) => s.landscape !== null, load: () => import("./views/landscape/landscape.js") },
  large: { wanted: (s) => s.graph !== null && isLarge(s.graph), load: () => import("./views/large.js") },
  // Without a server nothing can be judged, and a walk once opened goes on without questions.
  ask: { wanted: (s) => s.ask !== "off" && (s.ask !== "lesson" || (s.beats && (s.beat > 0 || s.asking.next >= 0))) && navigator.onLine, load: () => import("./views/ask.js") },
  editor: { wanted: (s, config) => config.page === "lab" && s.left === "program", load: () => import("./views/editor.js") },
  lesson: { wanted: (_, config) => config.lesson !== null, load: () => import("./views/scene.js") },
  practice: { wanted: (_, config) => Boolean(config.exercise), load: () => import("./views/practice.js") },
  rules: { wanted: (s, config) => s.tab === "rules" || toldByRules(config), load: () => import("./views/rules.js") },
  product: { wanted: (s) => multiplied(s), load: () => import("./views/product.js") },
  ways: { wanted: (s) => s.graph !== null && !s.graph.paths && inParts(s.graph), load: () => import("./ways.js") },
  help: { wanted: (s) => s.help, load: () => import("./views/help.js") },
  compose: { wanted: (s) => s.tool === "compose", load: () => import("./views/compose.js") },
  onward: { wanted: (s) => s.tool === "onward", load: () => import("./views/onward.js") },
  present: { wanted: (s) => s.tool === "present", load: () => import("./views/present.js") },
  transcript: { wanted: (s) => s.transcript, load: () => import("./views/transcript.js") },
  figures: { wanted: (s) => s.figures, load: () => import("./views/figures.js") },
};

/** Whether a graph of arrays is walked: its backward pass has rules to be drawn. @param {State} s */
const multiplied = (s) => currentIndex(s) >= 0 && (s.graph?.nodes ?? []).some((n) => n.shape.length > 0);

/** Whether a lesson comes to the table of rules, which is there then before its scene is. @param {Config} config */
const toldByRules = ({ lesson }) => lesson?.scenes.some(({ view }) => view?.tab === "rules") ?? false;

/** @param {Config} config @param {{arrived: () => void, failed: () => void}} told */
export function createParts(config, { arrived, failed }) {
  /** @type {Partial<Parts>} */
  const here = {};
  /** @type {Map<keyof Parts, Promise<void>>} */
  const coming = new Map();

  /** @param {keyof Parts} name */
  async function bring(name) {
    try {
      here[name] = await PARTS[name].load();
    } catch {
      return failed();
    }
    arrived();
  }

  return {
    /** What is here; what the state wants besides is asked for, and again where it failed and is wanted anew. @param {State} state @returns {Partial<Parts>} */
    of(state) {
      for (const name of /** @type {(keyof Parts)[]} */ (Object.keys(PARTS))) {
        if (!PARTS[name].wanted(state, config)) coming.delete(name);
        else if (!here[name] && !coming.has(name)) coming.set(name, bring(name));
      }
      return here;
    },
    /** Settled once all that was asked for is here. */
    ready: () => Promise.all(coming.values()),
  };
}
