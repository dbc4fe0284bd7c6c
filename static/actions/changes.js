/** Writes to a network, one after the other: steps, settings, going back. What came after the iteration looked at goes. */
import { ApiError } from "../api.js";
import { createQueue } from "../network/queue.js";
import { viewing } from "../network/shown.js";
import { steer } from "../network/steer.js";

/** @typedef {import("../network/requests.js").Network} Network */
/** @typedef {ReturnType<typeof changeActions>} Changes */

/** So many changes may wait for one another. */
const PATIENCE = 3;
export const [START, END] = [0, Number.MAX_SAFE_INTEGER].map((step) => ({ step, beat: 0 }));

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph @param {import("./sight.js").Sight} sight */
export function changeActions({ store, api: { networks }, t }, graph, sight) {
  const { get, set } = store;
  const queued = createQueue(PATIENCE);

  /** Change the network when what was asked before is done; of many requests the first few count.
   * @param {(net: Network) => Promise<any>} deed  its answer says at which iteration the network then stands
   * @param {import("./sight.js").Change} [also]  what is shown when it is done */
  const change = (deed, also = {}) => queued(() => perform(deed, also));

  /** A network that moved meanwhile is read again. @param {(net: Network) => Promise<any>} deed
   * @param {import("./sight.js").Change} also @returns {Promise<boolean>} */
  async function perform(deed, also) {
    const { net } = get();
    if (!net || get().training) return false;
    set({ pending: true });
    try {
      const answer = await deed(net);
      await sight.reload({ at: answer.iteration, ...(answer.phase === "start" ? { at: -1, ...START } : {}), ...also });
      return true;
    } catch (error) {
      const problem = graph.problemOf(error);
      if (problem.pointer) set({ networkProblem: problem.detail, networkPointer: problem.pointer });
      set({ pending: false, toast: problem.status === 412 ? t("ui.net.moved") : problem.detail });
      if (problem.status === 412) await sight.reload();
      return false;
    }
  }

  /** A network that may be changed. @param {Network} net @returns {Network} */
  function own(net) {
    if (viewing({ net })) throw new ApiError({ title: "", status: 403, detail: t("ui.share.viewOnly") });
    return net;
  }

  /** The network as it can be changed: standing at the iteration looked at, with the settings that were chosen there.
   * @param {Network} net @returns {Promise<Network>} */
  async function standing(net) {
    const { wanted } = get().steer;
    own(net);
    let here = net.iteration === net.stands_at ? net : await networks.rewind(net.id, net.version, net.iteration);
    if (Object.keys(wanted).length) here = await networks.patch(net.id, here.version, wanted);
    steer({ store }, { wanted: {} });
    return here;
  }

  return {
    change, standing,
    /** Read the network anew; changes that are asked for meanwhile wait. @param {import("./sight.js").Change} also @param {boolean} [wait] */
    refresh: (also, wait) => queued(() => sight.reload(also, wait).then(() => true)),
    /** @param {"iteration" | "epoch"} phase */
    stepNetwork: (phase) => change(async (net) => networks.step(net.id, (await standing(net)).version, phase), END),
    /** Run as many iterations as there have to be. @param {number} iteration @param {{step: number, beat: number}} side */
    reach: (iteration, side) => change(async (net) => {
      if (iteration <= net.furthest) return { iteration };
      const last = own(net).stands_at === net.furthest ? net : await networks.rewind(net.id, net.version, net.furthest);
      return networks.step(net.id, last.version, "iteration", iteration - net.furthest);
    }, side),
    /** Let the network itself stand at an earlier iteration. @param {number} iteration @param {Record<string, any>} [settings]  and go on with these */
    rewind: (iteration, settings) => change(async (net) => {
      own(net);
      steer({ store }, { trail: [...get().steer.trail, { at: net.iteration, builds: get().buildPast.length }] });
      const there = await networks.rewind(net.id, net.version, iteration);
      return settings ? networks.patch(net.id, there.version, settings) : there;
    }, START),
    /** @param {Record<string, any>} fields @param {import("./sight.js").Change} [also] */
    patch: (fields, also) => change((net) => networks.patch(own(net).id, net.version, fields), also),
    copy: () => change(async (net) => {
      const made = await networks.copy(net.id, net.iteration);
      set({ network: made.id, points: null, series: null, toast: t("ui.net.copied") });
      return made;
    }),
  };
}
