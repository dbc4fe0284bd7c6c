/** What is shown of a network: as it stands, or as it stood after an earlier iteration, with its picture and its history. */
import { same } from "../network/patch.js";
import { gridOf } from "../network/grid.js";
import { askedAt } from "../network/levels.js";
import { steer } from "../network/steer.js";

/** @typedef {import("../network/requests.js").Network} Network */
/** @typedef {Partial<import("../state.js").State>} Change */
/** @typedef {ReturnType<typeof sightActions>} Sight */

/** Phases of an iteration in progress, in which a network stands where its numbers left their range. */
const UNDER_WAY = ["forward", "loss", "backward"];

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph */
export function sightActions({ store, api: { networks }, t }, graph) {
  const { get, set } = store;
  let asked = 0;

  /** Everything that is shown of the network at the iteration that the state names.
   * @param {Change} [also]  what changes with it @param {boolean} [wait]  for a training that was left */
  async function reload(also = {}, wait = false) {
    const mine = (asked += 1);
    const id = get().network;
    if (!id) return;
    try {
      const net = await read(id, also.at ?? askedAt(get()), wait);
      const series = get().series?.version === net.version && get().series ? get().series : await networks.history(id);
      if (mine !== asked || get().network !== id) return;
      set({ net, series, networkProblem: "", networkPointer: "", ...also, at: net.iteration });
      await Promise.all([graph.compute(), repicture(), diagnose(net), respread()]);
    } catch (error) {
      const problem = graph.problemOf(error);
      set({ networkProblem: problem.status === 404 ? t("ui.net.gone") : problem.detail, pending: false });
    }
  }

  /** An iteration that is gone, since training went on from before it, is where the network stands.
   * @param {string} id @param {number} at @param {boolean} wait @returns {Promise<Network>} */
  async function read(id, at, wait) {
    if (wait) await networks.get(id, { wait: "1" }).catch(() => null);
    if (at < 0) return networks.get(id);
    try {
      return await networks.get(id, { iteration: String(at) });
    } catch (error) {
      if (graph.problemOf(error).status !== 422) throw error;
      set({ toast: t("ui.net.noIteration", { n: at }) });
      return networks.get(id);
    }
  }

  /** What the network answers over the plane, along the line, or for its rows. */
  async function repicture() {
    const { network, net, points } = get();
    const at = askedAt(get());
    const given = net?.spec.data;
    try {
      const rows = points?.of === network && same(points.given, given) ? points : { of: network, given, ...(await networks.data(network)) };
      const grid = gridOf(rows);
      const answer = await networks.predict(network, grid.x, at >= 0 && !get().training ? at : undefined);
      if (get().network === network) set({ points: rows, field: { ...grid, outputs: answer.probabilities ?? answer.outputs } });
    } catch (error) {
      set({ field: null, toast: graph.problemOf(error).detail });
    }
  }

  /** Ask what is wrong where an iteration could not be completed. @param {Network} net */
  async function diagnose(net) {
    if (net.iteration !== net.stands_at) return;
    if (!UNDER_WAY.includes(net.phase)) return void (get().steer.diagnosis && steer({ store }, { diagnosis: null }));
    const { finite, ...diagnosis } = await networks.diagnosis(net.id, get().lang);
    if (!finite && !get().steer.diagnosis) set({ tab: "training", sheet: true });
    steer({ store }, { diagnosis: finite ? null : diagnosis });
  }

  /** Count anew how the numbers of the chosen node are spread. */
  async function respread() {
    const { network, steer: { spreadOf } } = get();
    const at = askedAt(get());
    if (!spreadOf) return;
    try {
      const spread = { ...(await networks.histogram(network, spreadOf, at)), iteration: get().at };
      if (get().steer.spreadOf === spreadOf) steer({ store }, { spread });
    } catch (error) {
      steer({ store }, { spread: null, spreadOf: "" });
      set({ toast: graph.problemOf(error).detail });
    }
  }

  return {
    reload, repicture,
    /** Ask again what is to be noticed and what is wrong, or why there is nothing to be seen. */
    async retell() {
      const { net } = get();
      if (!net) return reload();
      const notices = net.notices.length ? (await networks.get(net.id)).notices : [];
      const now = get().net;
      if (now?.id === net.id) set({ net: { ...now, notices } });
      await diagnose(net);
    },
    /** Histograms of a node's values and gradients; "" closes them. @param {string} node */
    async showSpread(node) {
      steer({ store }, { spreadOf: node, spread: null });
      await respread();
    },
  };
}
