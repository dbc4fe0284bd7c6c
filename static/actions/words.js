/** What the steps of a long pass say is read where the playhead comes to rest. */
import { currentIndex } from "../player.js";
import { hurried } from "../tempo.js";
import { UNREAD, around, toldStep } from "../words.js";
import { spec } from "./graph.js";

/** Milliseconds of rest. */
const REST = 120;
/** So many steps ahead and behind should be known. */
const AHEAD = 30;

/** @typedef {import("../state.js").State} State */

/** Whether some step near the playhead has no words yet. @param {State} state */
function wanting(state) {
  const { graph, words } = state;
  if (!graph || state.network || state.pending || !graph.steps.length) return false;
  const index = Math.max(0, currentIndex(state));
  const near = [index, Math.min(index + AHEAD, graph.steps.length - 1), Math.max(0, index - AHEAD)];
  return near.some((i) => toldStep(graph, i, words)?.text === undefined);
}

/** @param {import("./graph.js").Tools} tools */
export function wordActions({ store: { get, set }, api }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** The graph whose words are being read, or could not be. @type {import("../types.js").Graph | null} */
  let busy = null;

  async function read() {
    const state = get();
    const { graph, lang } = state;
    if (!graph || busy === graph || hurried(state) || !wanting(state)) return;
    busy = graph;
    try {
      const { steps } = await api.steps({ ...spec(state), told: around(currentIndex(state)) }, lang);
      const known = get().words.graph === graph ? get().words : UNREAD;
      busy = null;
      if (get().graph === graph) set({ words: { graph, steps: new Map([...known.steps, ...steps.map((s) => /** @type {const} */ ([s.index, s]))]) } });
    } catch {
      // The stage shows all numbers; only sentences are missing, until the graph is asked for again.
    }
  }

  return {
    /** Once the playhead rests; called for every state. */
    readWords() {
      clearTimeout(timer);
      if (wanting(get())) timer = setTimeout(read, REST);
    },
  };
}
