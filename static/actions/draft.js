/** The network that is drawn up, with its own undo, and the tables that it is drawn up from. */
import { fed } from "../network/draft.js";

const REMEMBERED = 60;

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph */
export function draftActions({ store: { get, set }, api: { networks } }, graph) {
  /** @param {import("../network/draft.js").Draft} build */
  const redraft = (build) =>
    set({ build, buildPast: [...get().buildPast, get().build].slice(-REMEMBERED), buildFuture: [], networkProblem: "", networkPointer: "" });

  return {
    redraft,
    async tables() {
      if (get().tables) return;
      try {
        const [datasets, optimizers] = await Promise.all([networks.datasets(), networks.optimizers()]);
        set({ tables: { datasets: datasets.items, optimizers: optimizers.items } });
      } catch (error) {
        set({ toast: graph.problemOf(error).detail });
      }
    },
    /** @param {string} name */
    chooseData(name) {
      const row = get().tables?.datasets.find((d) => d.name === name);
      if (row) redraft(fed(get().build, row));
    },
    undoDraft() {
      const build = get().buildPast.at(-1);
      if (build) set({ build, buildPast: get().buildPast.slice(0, -1), buildFuture: [...get().buildFuture, get().build] });
    },
    redoDraft() {
      const build = get().buildFuture.at(-1);
      if (build) set({ build, buildFuture: get().buildFuture.slice(0, -1), buildPast: [...get().buildPast, get().build] });
    },
  };
}
