/** Through the rows of a batch: from station to station, and reading what each row's gradient is. */
import { askedAt } from "../network/levels.js";
import { chosen, wanted, windowOf, WINDOW } from "../network/passes.js";
import { MEAN, UPDATE, station, stations, stepAt } from "../network/stations.js";

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {{nextPass: () => Promise<void>}} network */
export function rowActions({ store: { get, set }, api: { networks } }, graph, network) {
  let asked = "";

  /** @param {string} name  a station, or "" for the whole batch @param {number} [step]  at which the playhead stands there; by default the present one */
  async function goToStation(name, step) {
    const { rows, graph: shown, pending } = get();
    const at = shown && stepAt(name, shown.steps);
    if (rows === MEAN && at && !pending) return set({ step: at, beat: 0, playing: false, editing: "" });
    set({ rows: name === UPDATE ? MEAN : name, beat: 0, playing: false, editing: "" });
    await graph.compute({ rows }, ({ steps }) => stepAt(name, steps) ?? (step === undefined ? null : Math.min(step, steps.length)));
  }

  /** The station so many places on; past the update comes the next batch. @param {number} by @param {number} [step] */
  async function moveStation(by, step) {
    const { net } = get();
    if (!net || get().training) return;
    const all = stations(net);
    const at = all.indexOf(station(get()));
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    if (next < 0) return goToStation("", step);
    if (next < all.length) return goToStation(all[next], step);
    await network.nextPass();
    await goToStation(stations(get().net ?? net)[0], 0);
  }

  const actions = {
    goToStation, moveStation,
    /** From the last step of a station to the next station. */
    walkOn: () => moveStation(1, 0),
    /** From the first step of a row to the last one of the row before. */
    walkBack: () => moveStation(-1, Infinity),
    rereadRows() {
      asked = "";
      return actions.readRows();
    },
    /** Read the rows that the panel shows, and leave a row that is not in the batch any more. */
    async readRows() {
      const state = get();
      const { net, rows } = state;
      if (net && rows && (state.training || (rows !== MEAN && !rows.split(",").every((r) => net.batch.rows.includes(Number(r)))))) {
        set({ rows: "" });
        if (!state.pending) void graph.compute();
      }
      const key = wanted(get());
      if (!key || !net || key === asked) return;
      asked = key;
      const parameter = chosen(state, net).name;
      try {
        const query = { parameter, start: String(windowOf(state, net)), count: String(WINDOW), ...(askedAt(state) >= 0 ? { iteration: String(askedAt(state)) } : {}) };
        const answer = await networks.rows(net.id, query);
        if (asked === key) set({ passes: { ...answer, key, parameter }, passesProblem: "" });
      } catch (error) {
        if (asked === key) set({ passes: null, passesProblem: graph.problemOf(error).detail });
      }
    },
  };
  return actions;
}
