/** A network on the server: made, opened and left; how it is watched, changed and trained stands beside. */
import { requestOf } from "../network/draft.js";
import { shown } from "../network/shown.js";
import { AT_REST } from "../network/steer.js";
import { START, changeActions } from "./changes.js";
import { followingActions } from "./following.js";
import { sightActions } from "./sight.js";
import { trainingActions } from "./training.js";
import { travelActions } from "./travel.js";

/** What belongs to one network only. @param {import("../state.js").State} s @returns {Partial<import("../state.js").State>} */
const none = ({ steer: { epochs, until } }) =>
  ({ net: null, series: null, points: null, field: null, live: [], at: -1, rows: "", drafting: false, expand: [], steer: { ...AT_REST, epochs, until }, ...START });

/** On a phone the network that was built takes the room of its settings, which unfold again. */
const stageFirst = () => (matchMedia("(max-width: 700px)").matches ? { folded: true } : {});

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph */
export function networkActions(tools, graph) {
  const { store: { get, set }, api: { networks } } = tools;
  const sight = sightActions(tools, graph);
  const changes = changeActions(tools, graph, sight);
  const training = trainingActions(tools, graph, sight, changes);

  const actions = {
    ...training, ...travelActions(tools, sight, changes), ...followingActions(tools, sight),
    rewind: changes.rewind, copy: changes.copy, showSpread: sight.showSpread, retell: sight.retell,
    async create() {
      set({ pending: true, networkProblem: "", networkPointer: "" });
      try {
        await actions.enter(await networks.create(requestOf(get().build)));
      } catch (error) {
        const problem = graph.problemOf(error);
        set({ pending: false, networkProblem: problem.detail, networkPointer: problem.pointer ?? "" });
      }
    },
    /** Turn to a network that is new here. @param {import("../network/requests.js").Network} net @param {Partial<import("../state.js").State>} [also] */
    async enter(net, also = {}) {
      training.stopTraining();
      set({ ...none(get()), network: net.id, net, select: "", tab: "training", camera: null, past: [], future: [], ...stageFirst(), ...also });
      await sight.reload();
    },
    /** Read a network that came with an address, or anew where an undo has led to another iteration. */
    openNetwork: () => sight.reload(),
    /** Back to programs: the network stays on the server, under its address. */
    async leave() {
      training.stopTraining();
      set({ build: shown(get()), ...none(get()), network: "", tab: "ledger", detail: "tensor" });
      await graph.compute();
    },
  };
  return actions;
}
