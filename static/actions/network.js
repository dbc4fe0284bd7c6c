/** A network on the server: made, opened, stepped, trained, changed, and brought back. */
import { events } from "../network/stream.js";
import { gridOf } from "../network/grid.js";
import { createQueue } from "../network/queue.js";

/** @typedef {import("../network/requests.js").Network} Network */

/** The picture of the problem follows a running training at most so often, in milliseconds. */
const FRESH = 400;
/** So many changes may wait for one another. */
const PATIENCE = 3;

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph */
export function networkActions({ store: { get, set }, api: { networks }, t }, graph) {
  /** @type {AbortController | null} */
  let stream = null;
  let drawn = 0;
  const queued = createQueue(PATIENCE);

  /** Change the network when what was asked before is done; of many requests the first few count.
   * @param {(net: Network) => Promise<any>} deed
   * @param {Partial<import("../state.js").State>} [also]  what is shown when it is done */
  const change = (deed, also = {}) => queued(() => perform(deed, also));

  /** A network that moved meanwhile is read again. @param {(net: Network) => Promise<any>} deed
   * @param {Partial<import("../state.js").State>} also @returns {Promise<boolean>} */
  async function perform(deed, also) {
    const { net } = get();
    if (!net || stream) return false;
    set({ pending: true });
    try {
      const answer = await deed(net);
      await reload(also);
      diverged(answer);
      return true;
    } catch (error) {
      const problem = graph.problemOf(error);
      set({ pending: false, toast: problem.status === 412 ? t("ui.net.moved") : problem.detail });
      if (problem.status === 412) await reload();
      return false;
    }
  }

  /** Everything that is shown of the network as it now stands. @param {Partial<import("../state.js").State>} [also] */
  async function reload(also = {}) {
    const id = get().network;
    try {
      const [net, series] = await Promise.all([networks.get(id), networks.history(id)]);
      set({ net, series, networkProblem: "", ...also });
      await Promise.all([graph.compute(), repicture()]);
    } catch (error) {
      const problem = graph.problemOf(error);
      set({ networkProblem: problem.status === 404 ? t("ui.net.gone") : problem.detail, pending: false });
    }
  }

  /** What the network now answers over the plane, along the line, or for its rows. */
  async function repicture() {
    const { network, points } = get();
    try {
      const rows = points?.of === network ? points : { of: network, ...(await networks.data(network)) };
      const grid = gridOf(rows);
      const answer = await networks.predict(network, grid.x);
      if (get().network === network) set({ points: rows, field: { ...grid, outputs: answer.probabilities ?? answer.outputs } });
    } catch (error) {
      set({ field: null, toast: graph.problemOf(error).detail });
    }
  }

  /** Say where a number went out of range, if one did. @param {{stopped?: string | null, at?: number, where?: string[] | null}} answer */
  function diverged({ stopped, at, where }) {
    if (stopped === "nonfinite") set({ toast: [t("ui.net.diverged", { n: at ?? "" }), ...(where ?? [])].join(" ") });
  }

  /** @param {{event: string, data: any}} event */
  function progress({ event, data }) {
    const { net, live } = get();
    if (event === "done") diverged(data);
    if (!net || event !== "progress") return;
    set({ net: { ...net, iteration: data.iteration, epoch: data.epoch, loss: data.loss }, live: [...live, { iteration: data.iteration, loss: data.loss }].slice(-2000) });
    if (performance.now() - drawn < FRESH) return;
    drawn = performance.now();
    void repicture();
    if (!get().pending) void graph.compute();
  }

  const [START, END] = [0, Number.MAX_SAFE_INTEGER].map((step) => ({ step, beat: 0 }));

  const actions = {
    async create() {
      set({ pending: true, networkProblem: "", networkPointer: "" });
      try {
        const net = await networks.create(get().build);
        set({ network: net.id, net, points: null, field: null, live: [], ...START, select: "", tab: "training", camera: null, expand: [], past: [], future: [] });
        await reload();
      } catch (error) {
        const problem = graph.problemOf(error);
        set({ pending: false, networkProblem: problem.detail, networkPointer: problem.pointer ?? "" });
      }
    },
    /** Read a network that came with an address. */
    async openNetwork() {
      await reload();
      const { net } = get();
      if (net) set({ build: net.spec });
    },
    /** Back to programs: the network stays on the server, under its address. */
    async leave() {
      set({ network: "", net: null, series: null, points: null, field: null, tab: "ledger", detail: "tensor", expand: [], ...START });
      await graph.compute();
    },
    /** @param {"forward" | "loss" | "backward" | "update" | "iteration" | "epoch"} phase @param {number} [count] */
    stepNetwork: (phase, count = 1) => change((net) => networks.step(net.id, net.version, phase, count), END),
    /** From the last step of a pass to the first of the next one. */
    async nextPass() {
      const { net } = get();
      if (!net) return;
      if (net.phase !== "update" && !(await change((n) => networks.step(n.id, n.version, "iteration"), END))) return;
      await change((n) => networks.step(n.id, n.version, "iteration"), START);
    },
    /** @param {number} iteration */
    rewind: (iteration) => change((net) => networks.rewind(net.id, net.version, iteration), START),
    /** @param {Record<string, any>} fields */
    patch: (fields) => change((net) => networks.patch(net.id, net.version, fields)),
    copy: () => change(async (net) => {
      const made = await networks.copy(net.id, net.iteration);
      set({ network: made.id, points: null, toast: t("ui.net.copied") });
      return made;
    }),
    /** @param {{epochs?: number, iterations?: number}} wish */
    async train(wish) {
      const { net } = get();
      if (!net || stream) return;
      stream = new AbortController();
      set({ training: true, live: [] });
      try {
        const response = await networks.train(net.id, net.version, wish, stream.signal);
        if (response.body) for await (const event of events(response.body)) progress(event);
      } catch (error) {
        if (!stream.signal.aborted) set({ toast: graph.problemOf(error).detail });
      }
      stream = null;
      set({ training: false });
      await reload(END);
      set({ live: [] });
    },
    stopTraining: () => stream?.abort(),
  };
  return actions;
}
