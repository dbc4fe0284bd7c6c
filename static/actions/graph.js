/** What is computed: asking for the graph, editing, undo and redo. */
import { ApiError } from "../api.js";
import { called } from "../network/layer.js";
import { askedAt } from "../network/levels.js";
import { MEAN } from "../network/stations.js";
import { mayBeLarge } from "../stage/large.js";
import { around } from "../words.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../state.js").Snapshot} Snapshot */
/**
 * @typedef {ReturnType<typeof import("../store.js").createStore<State>>} Store
 * @typedef {{store: Store, api: ReturnType<typeof import("../api.js").client>, config: import("../types.js").Config,
 *   t: (key: string, params?: Record<string, string | number>) => string, address?: ReturnType<typeof import("../address.js").createAddress>}} Tools
 * @typedef {ReturnType<typeof graphActions>} GraphActions
 */

const REMEMBERED = 60;

/** @param {State} s @returns {import("../types.js").GraphSpec} */
export const spec = (s) => ({
  program: s.program,
  values: s.values,
  constants: s.constants.length ? s.constants : undefined,
  labels: Object.keys(s.labels).length ? s.labels : undefined,
  update: s.update.length ? { learning_rate: s.rate, parameters: s.update } : undefined,
  detail: s.detail === "scalar" ? "scalar" : undefined,
  expand: s.detail !== "scalar" && s.expand.length ? s.expand : undefined,
});

/** @param {State} s @returns {Snapshot} */
const snapshot = ({ program, values, constants, labels, rate, update, iteration, history, detail, expand, collapse }) =>
  ({ program, values, constants, labels, rate, update, iteration, history, detail, expand, collapse });

/** How the pass of a network is asked for; a running training is ahead of what is stored. @param {State} s @returns {[string, string][]} */
const query = (s) => [["detail", s.detail], ...(s.rows === MEAN ? [] : [pair("explain", s.lang)]), ...(s.rows ? [pair("rows", s.rows)] : []), ...(askedAt(s) >= 0 && !s.training ? [pair("iteration", String(askedAt(s)))] : []), ...s.expand.map((id) => pair("expand", id)), ...layers(s).map((id) => pair("collapse", id))];

/** The collapsed layers that the network still has. @param {State} s */
const layers = ({ detail, collapse, net }) => (detail === "tensor" ? collapse.filter((id) => Number(id.slice("layer".length)) <= (net?.spec.layers?.length ?? 0)) : []);

/** @param {string} key @param {string} value @returns {[string, string]} */
const pair = (key, value) => [key, value];

/** @param {Tools} tools */
export function graphActions({ store: { get, set }, api, t }) {
  let asked = 0;
  /** @type {Snapshot | null} what the graph on the stage was computed from */
  let settled = null;
  /** @type {AbortController | null} */
  let running = null;

  /** @param {unknown} error @returns {import("../types.js").Problem} */
  const problemOf = (error) => {
    if (error instanceof ApiError) {
      return error.problem.status ? error.problem : { ...error.problem, detail: t("ui.offline") };
    }
    throw error;
  };

  /** Ask for the graph of the present program and values; on failure what the stage shows stands
   * again, and what `undo` says. @param {Partial<State>} [undo]
   * @param {(graph: import("../types.js").Graph) => number | null} [place]  where the playhead comes to stand */
  async function compute(undo, place) {
    const mine = (asked += 1);
    running?.abort();
    running = new AbortController();
    const wanted = snapshot(get());
    set({ pending: !get().training });
    try {
      const s = get();
      if (mayBeLarge(s)) void import("../stage/warm.js").catch(() => {});
      const asking = s.network ? api.networks.graph(s.network, query(s), running.signal) : api.graph({ ...spec(s), told: around(s.step) }, s.lang, running.signal);
      const graph = called(await asking, t);
      if (mine !== asked) return;
      const step = place?.(graph) ?? Math.min(get().step, graph.steps.length);
      const beat = step < graph.steps.length ? get().beat : 0;
      const select = graph.nodes.some((n) => n.id === get().select) ? get().select : "";
      settled = wanted;
      set({ graph, pending: false, problem: null, step, beat, select });
    } catch (error) {
      if (mine !== asked) return;
      const problem = problemOf(error);
      const restored = undo && settled ? { ...settled, ...undo } : {};
      set({ ...restored, pending: false, problem, toast: undo ? problem.detail : "" });
    }
  }

  /** Remember the present as what an undo returns to. */
  function mark() {
    set({ past: [...get().past, snapshot(get())].slice(-REMEMBERED), future: [] });
  }

  /** Change what is computed, remembering what was. @param {Partial<State>} change
   * @param {(graph: import("../types.js").Graph) => number | null} [place]  where the playhead comes to stand */
  async function edit(change, place) {
    mark();
    set(change);
    await compute({ past: get().past.slice(0, -1) }, place);
  }

  /** @param {"past" | "future"} from @param {"past" | "future"} to */
  async function travelHistory(from, to) {
    const list = get()[from];
    const target = list.at(-1);
    if (!target) return;
    set({ ...target, draft: target.program, [from]: list.slice(0, -1), [to]: [...get()[to], snapshot(get())] });
    await compute();
  }

  return {
    compute, edit, mark, problemOf,
    undo: () => travelHistory("past", "future"),
    redo: () => travelHistory("future", "past"),
  };
}
