/** A sweep: drawn up, started, followed wherever it was started, cancelled, and one of its runs opened in the lab. */
import { save } from "../figures/save.js";
import { draftOf } from "../network/draft.js";
import { shown } from "../network/shown.js";
import { axesOf, requestFor } from "../sweep/asked.js";
import { csv } from "../sweep/csv.js";
import { follower } from "../sweep/follow.js";
import { UNSEEN } from "../sweep/swept.js";
import { FIRST } from "../sweep/vary.js";

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {{tables: () => Promise<void>}} draft @param {ReturnType<typeof import("./network.js").networkActions>} network */
export function sweepActions({ store, api, t }, graph, draft, network) {
  const { get, set } = store;
  const { networks } = api;
  const { sweeps } = networks;
  const put = (/** @type {Partial<import("../sweep/swept.js").Swept>} */ change) => set({ swept: { ...get().swept, ...change } });
  const { watch, stop } = follower({ store, api, t }, graph, put);

  /** Do what may be refused, and say so then. @param {() => Promise<unknown>} deed */
  async function tried(deed) {
    put({ busy: true, problem: "" });
    try {
      await deed();
    } catch (error) {
      const { detail, wait } = graph.problemOf(error);
      put({ problem: wait ? `${detail} ${t("ui.sweep.wait", { n: wait })}` : detail });
    }
    put({ busy: false });
  }

  const actions = {
    /** The sweep of the address, or a new one, of what was compared before. */
    async openSweep() {
      const { compare, vary } = get();
      const by = compare ? [{ of: compare.of, values: compare.values }] : FIRST.by;
      set({ compare: null, landscape: null, left: "network", vary: vary ?? { ...FIRST, by } });
      await draft.tables();
      const { sweep } = get();
      if (sweep) await watch(sweep);
    },
    closeSweep: () => set({ sweep: "", vary: null }),
    /** Nothing is watched that is not shown. @param {import("../state.js").State} state @param {import("../state.js").State} before */
    followSweep(state, before) {
      if (!before.vary || state.vary) return;
      stop();
      set({ swept: UNSEEN });
    },
    /** @param {Partial<import("../sweep/vary.js").Vary>} change */
    chooseSweep(change) {
      const { vary } = get();
      set({ vary: { ...(vary ?? FIRST), ...change } });
      put({ typed: null, problem: "" });
    },
    /** Values that cannot be read. @param {number} at @param {string} text @param {string} problem */
    refuseSwept: (at, text, problem) => put({ typed: { at, text }, problem }),
    startSweep: () => tried(async () => {
      const { vary, tables } = get();
      if (!vary || !tables) return;
      const build = shown(get());
      const answer = await sweeps.start(requestFor(vary, axesOf(vary, build, tables), build));
      set({ sweep: answer.id, swept: { ...UNSEEN, answer, busy: true } });
      void watch(answer.id);
    }),
    cancelSweep: () => tried(async () => {
      const { sweep } = get();
      await sweeps.cancel(sweep);
      void watch(sweep);
    }),
    /** Make the network of one run that of the lab: it is trained there again as far, to the same numbers. @param {number} number */
    openSwept: (/** @type {number} */ number) => tried(async () => {
      const { network: asked, iterations } = await sweeps.run(get().sweep, number);
      const net = await networks.create(asked);
      actions.closeSweep();
      set({ build: draftOf(net.spec, net.name) });
      await network.enter(net, { left: "network", drafting: false });
      await network.train(iterations);
    }),
    saveSwept() {
      const { answer } = get().swept;
      if (answer) save(`sweep-${answer.id}.csv`, csv(answer.runs), "text/csv;charset=utf-8");
    },
    /** Up, down, and as it was asked for. @param {string} by */
    sortSwept(by) {
      const { sort } = get().swept;
      put({ sort: sort?.by !== by ? { by, down: false } : sort.down ? null : { by, down: true } });
    },
    /** Show the runs of some settings, or hide them. @param {number} index */
    unfoldSwept(index) {
      const { open } = get().swept;
      put({ open: open.includes(index) ? open.filter((i) => i !== index) : [...open, index] });
    },
    /** @param {number | null} cursor @param {number | null} [lit]  as it is, where it is left out */
    readSwept: (cursor, lit = get().swept.lit) => put({ cursor, lit }),
    /** @param {number | null} lit */
    lightSwept: (lit) => void (lit === get().swept.lit || put({ lit })),
  };
  return actions;
}
