/**
 * A training under way: its stream is followed, and settings that change meanwhile act at once. The stream holds the
 * network's turn, so it is left, the settings are changed, and it goes on from there.
 */
import { cut, marked } from "../network/curve.js";
import { events } from "../network/stream.js";
import { askedAt } from "../network/levels.js";
import { merged, steer } from "../network/steer.js";
import { END } from "./changes.js";
import { progressActions } from "./progress.js";

/** @typedef {import("../network/requests.js").Network} Network */

/** Settings on the move are changed at most so often, in milliseconds. */
const STEADY = 250;
const ENDLESS = 10_000_000;

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {import("./sight.js").Sight} sight @param {import("./changes.js").Changes} changes */
export function trainingActions(tools, graph, sight, changes) {
  const { store, api: { networks }, t } = tools;
  const { get, set } = store;
  const progress = progressActions(tools, graph, sight);
  /** @type {AbortController | null} */
  let stream = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  let [stopped, changed, said, asked] = [false, 0, "", false];
  const remember = (/** @type {Partial<import("../network/steer.js").Steer>} */ part) => steer({ store }, part);

  /** Train when what was asked for before is done, as a press while a setting is being changed means it.
   * @param {number | null} [count]  iterations, instead of the epochs or the loss that are chosen */
  async function train(count = null) {
    if (asked) return;
    asked = true;
    await store.until((state) => !state.pending);
    asked = false;
    const { net } = get();
    if (net && !get().training) await run(net, count);
  }

  /** Train until the goal is reached, the loss is low enough, somebody stops it, or a number leaves its range.
   * @param {Network} net @param {number | null} count */
  async function run(net, count) {
    const { steer: { epochs } } = get();
    [stopped, said] = [false, ""];
    set({ training: true, live: [], ...END, playing: false, toast: "" });
    try {
      let here = await changes.standing(net);
      set({ series: cut(get().series, here.iteration) });
      await progress.prepare(here);
      const end = count !== null ? { iteration: here.iteration + count } : epochs !== null ? { epoch: here.epoch + epochs } : {};
      for (let again = true; again; ) {
        set({ net: here, at: here.iteration });
        again = await follow(here, end);
        do if (again) here = await steered(here);
        while (again && Object.keys(get().steer.wanted).length);
      }
    } catch (error) {
      const problem = graph.problemOf(error);
      said = problem.status === 412 ? t("ui.net.moved") : problem.detail;
    }
    stream = null;
    set({ training: false, pending: Boolean(get().network) });
    remember({ goal: null, tempo: 0 });
    await changes.refresh({ ...END, at: -1 }, true);
    set({ live: [], ...(said ? { toast: said } : {}) });
  }

  /** Follow one stream. @param {Network} here @param {{iteration?: number, epoch?: number}} end  after which it ends
   * @returns {Promise<boolean>} whether it is to go on, with other settings */
  async function follow(here, end) {
    const { steer: { until }, pace } = get();
    const exact = end.iteration !== undefined;
    const left = (end.iteration ?? end.epoch ?? Infinity) - (exact ? here.iteration : here.epoch);
    if (stopped || left <= 0) return false;
    remember({ goal: Number.isFinite(left) ? { from: here.iteration, to: here.iteration + left * (exact ? 1 : here.batch.of) } : null });
    const many = Number.isFinite(left) ? left : ENDLESS;
    const wish = { ...(end.epoch === undefined ? { iterations: many } : { epochs: many }), until_loss: exact ? undefined : until ?? undefined, frames: "float32", per_second: Number(pace) || undefined };
    const began = { at: performance.now(), iteration: here.iteration };
    stream = new AbortController();
    try {
      const response = await networks.train(here.id, here.version, wish, stream.signal);
      if (response.body) for await (const event of events(response.body)) said = progress.told(event, began);
    } catch (error) {
      if (!stream.signal.aborted) throw error;
    }
    return stream.signal.aborted && !stopped;
  }

  /** The network with the settings that were chosen meanwhile; those that cannot be are let go. @param {Network} here */
  async function steered(here) {
    const change = get().steer.wanted;
    remember({ wanted: {} });
    changed = performance.now();
    try {
      if (!Object.keys(change).length) return await networks.get(here.id, { wait: "1" });
      const there = await networks.patch(here.id, null, change);
      set({ series: marked(get().series, there.iteration, change) });
      return there;
    } catch (error) {
      set({ toast: graph.problemOf(error).detail });
      return networks.get(here.id, { wait: "1" });
    }
  }

  /** Leave the stream, and let it go on with what is wanted. */
  function turn() {
    clearTimeout(settling);
    const soon = changed + STEADY - performance.now();
    if (soon > 0) settling = setTimeout(turn, soon);
    else stream?.abort();
  }

  const actions = {
    train,
    stopTraining() {
      stopped = true;
      stream?.abort();
    },
    toggleTraining: () => (get().training ? actions.stopTraining() : train()),
    /** @param {string} pace */
    setPace(pace) {
      set({ pace });
      if (get().training) turn();
    },
    /** Other settings: at once while a training runs, or at its newest iteration; at an earlier one when it goes on from there.
     * @param {Record<string, any>} change @param {boolean} [moving]  a slider that is not let go yet */
    steerTraining(change, moving = false) {
      const wanted = merged(get().steer.wanted, change);
      remember({ wanted });
      const { net, training } = get();
      if (net) set({ net: { ...net, spec: merged(net.spec, change) } });
      if (training) return turn();
      if (moving || !net || net.iteration < net.furthest || net.stands_at !== net.iteration) return;
      remember({ wanted: {} });
      void changes.patch(wanted);
    },
    /** Change settings like that, and say whether they could be. @param {Record<string, any>} fields @returns {Promise<boolean>} */
    async patch(fields) {
      const { net, training } = get();
      const name = Object.keys(fields).every((key) => key === "name");
      if (net && !training && (name || (net.iteration === net.furthest && net.stands_at === net.iteration))) return changes.patch(fields, name ? { at: askedAt(get()) } : {});
      actions.steerTraining(fields);
      return true;
    },
  };
  return actions;
}
