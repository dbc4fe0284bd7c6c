/** One network with several settings, side by side: chosen, run, stopped, and one of them opened in the lab. */
import { requestFor, resolved } from "../compare/asked.js";
import { FIRST } from "../compare/wish.js";
import { NOTHING, followed, halted } from "../compare/versus.js";
import { draftOf } from "../network/draft.js";
import { gridOf } from "../network/grid.js";
import { shown } from "../network/shown.js";
import { events } from "../network/stream.js";

/** So many rows are drawn, and asked about where there are more than two inputs. */
const ROWS = 300;

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {{tables: () => Promise<void>}} draft @param {ReturnType<typeof import("./network.js").networkActions>} network */
export function compareActions({ store, api: { networks } }, graph, draft, network) {
  const { get, set } = store;
  /** @type {AbortController | null} */
  let stream = null;
  const put = (/** @type {Partial<import("../compare/versus.js").Versus>} */ change) => set({ versus: { ...get().versus, ...change } });

  function stop() {
    stream?.abort();
    stream = null;
  }

  /** The rows that the runs learn from, for their pictures; a network can be compared without one.
   * @param {Record<string, any>} data */
  async function pictured(data) {
    try {
      const { x, y, classes, features } = await networks.preview(data, ROWS);
      if (!x || !y) return { rows: null, grid: null };
      const rows = { of: "", given: data, x, y, features, classes, held_out: [] };
      return { rows, grid: gridOf(rows) };
    } catch {
      return { rows: null, grid: null };
    }
  }

  /** @param {{event: string, data: any}} event */
  function told({ data }) {
    put({ runs: followed(get().versus.runs, data.runs) });
  }

  /** Follow the runs to their ends. @param {AbortController} mine */
  async function follow(mine) {
    const { compare, tables } = get();
    if (!compare || !tables) return;
    const { field, values, base, drafts } = resolved(compare, shown(get()), tables);
    put({ ...NOTHING, field, values, drafts, running: true });
    const picture = await pictured(base.data);
    if (mine.signal.aborted) return;
    put(picture);
    const response = await networks.compare(requestFor(base, drafts, compare.epochs, picture.grid?.x ?? null), mine.signal);
    if (response.body) for await (const event of events(response.body)) if (!mine.signal.aborted) told(event);
  }

  const actions = {
    /** @param {Partial<import("../compare/wish.js").Wish>} [wish] */
    async openComparison(wish = {}) {
      await draft.tables();
      set({ compare: { ...FIRST, ...wish }, landscape: null, vary: null, sweep: "" });
      await actions.runComparison();
    },
    /** Choose what is compared; the runs that are shown go. @param {Partial<import("../compare/wish.js").Wish>} change */
    chooseComparison(change) {
      stop();
      const { compare } = get();
      if (compare) set({ compare: { ...compare, ...change }, versus: NOTHING });
    },
    async runComparison() {
      stop();
      const mine = (stream = new AbortController());
      try {
        await follow(mine);
      } catch (error) {
        if (!mine.signal.aborted) put({ problem: graph.problemOf(error).detail });
      }
      if (stream === mine) put({ running: false, runs: halted(get().versus.runs) });
    },
    stopComparison() {
      stop();
      put({ running: false, runs: halted(get().versus.runs) });
    },
    closeComparison() {
      stop();
      set({ compare: null, versus: NOTHING });
    },
    /** Make the network of one run that of the lab, with its history. Of a run that was stopped nothing is kept: it is trained
     * again as far, and the same settings and seed lead to the same numbers. @param {number} index */
    async openRun(index) {
      const { drafts, runs } = get().versus;
      const [build, run] = [drafts[index], runs[index]];
      const kept = run?.network ? await networks.get(run.network).catch(() => null) : null;
      actions.closeComparison();
      network.stopTraining();
      if (kept) return network.enter(kept, { left: "network", drafting: false });
      set({ left: "network", build: draftOf(build, build.name), network: "", net: null, drafting: false });
      await network.create();
      if (!get().net || !run) return;
      await network.train(run.stopped === "nonfinite" ? run.of : run.iteration);
    },
    /** Of another network nothing is known yet. @param {import("../state.js").State} state @param {import("../state.js").State} before */
    followComparison(state, before) {
      if (!state.compare || !before.compare || (state.build === before.build && state.net?.spec === before.net?.spec)) return;
      if (JSON.stringify(shown(state)) !== JSON.stringify(shown(before))) actions.chooseComparison({});
    },
    /** @param {number | null} cursor */
    readCurves: (cursor) => put({ cursor }),
    /** @param {string} typed  values that cannot be read @param {string} problem */
    refuseValues: (typed, problem) => put({ typed, problem }),
  };
  return actions;
}
