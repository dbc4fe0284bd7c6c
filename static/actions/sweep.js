/** A sweep: drawn up, started, followed wherever it was started, cancelled, and one of its runs opened in the lab. */
import { save } from "../figures/save.js";
import { draftOf } from "../network/draft.js";
import { shown } from "../network/shown.js";
import { events } from "../network/stream.js";
import { axesOf, requestFor } from "../sweep/asked.js";
import { csv } from "../sweep/csv.js";
import { UNSEEN, underWay } from "../sweep/swept.js";
import { FIRST } from "../sweep/vary.js";

/** A table is asked for so often, in milliseconds, and a server that does not answer so many seconds later. */
const PAUSE = 400;
const SOONEST = 1;
const LATEST = 15;
/** Answers that another try may turn: none at all, too many requests, and what a server has for a while. */
const PASSING = [0, 429, 500, 502, 503, 504];

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
const pause = (ms, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
});

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {{tables: () => Promise<void>}} draft @param {ReturnType<typeof import("./network.js").networkActions>} network */
export function sweepActions({ store: { get, set }, api: { networks }, t }, graph, draft, network) {
  const { sweeps } = networks;
  /** @type {AbortController | null} */
  let watching = null;
  const put = (/** @type {Partial<import("../sweep/swept.js").Swept>} */ change) => set({ swept: { ...get().swept, ...change } });

  function stop() {
    watching?.abort();
    watching = null;
  }

  /** The table as it stands, with its curves. @param {string} id @param {AbortSignal} signal @returns {Promise<boolean>} whether it goes on */
  async function look(id, signal) {
    const answer = await sweeps.get(id, signal);
    if (!signal.aborted) put({ answer, lost: "", problem: "" });
    return underWay(answer);
  }

  /** Follow the stream to its end. The table is asked for while runs end, one time after the other. @param {string} id @param {AbortSignal} signal */
  async function listen(id, signal) {
    /** @type {Promise<unknown>} */
    let looking = Promise.resolve();
    let busy = false;
    const response = await sweeps.stream(id, signal);
    if (!response.body) return;
    for await (const { event, data } of events(response.body)) {
      const { answer } = get().swept;
      if (signal.aborted || event === "done" || !answer) return void (await looking);
      put({ answer: { ...answer, state: data.state, done: data.done } });
      if (busy) continue;
      busy = true;
      looking = pause(PAUSE, signal).then(() => look(id, signal)).catch(() => {}).finally(() => { busy = false; });
    }
    await looking;
  }

  /** Follow a sweep until nothing more comes of it; a server that is away is asked again. @param {string} id */
  async function watch(id) {
    stop();
    const mine = (watching = new AbortController());
    for (let wait = SOONEST; !mine.signal.aborted; wait = Math.min(LATEST, wait * 2)) {
      try {
        if (!(await look(id, mine.signal))) return;
        wait = SOONEST;
        await listen(id, mine.signal);
        if (!(await look(id, mine.signal))) return;
      } catch (error) {
        if (mine.signal.aborted) return;
        const { status, detail, wait: asked = wait } = graph.problemOf(error);
        if (!PASSING.includes(status)) return put({ problem: detail, lost: "" });
        wait = asked;
        put({ lost: t("ui.sweep.lost", { said: detail, n: wait }) });
      }
      await pause(wait * 1000, mine.signal);
    }
  }

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
