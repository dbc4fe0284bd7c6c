/** What a person can do with networks, and what follows from it: one part of the page, which comes when it is first wanted. */
import { compareActions } from "./compare.js";
import { dataActions } from "./data.js";
import { draftActions } from "./draft.js";
import { landscapeActions } from "./landscape.js";
import { networkActions } from "./network.js";
import { rowActions } from "./rows.js";
import { savedActions } from "./saved.js";
import { spokenActions } from "./spoken.js";
import { steeringActions } from "./steering.js";
import { sweepActions } from "./sweep.js";
import { writtenActions } from "./written.js";

/** @typedef {ReturnType<typeof networksActions>} NetworksActions */

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph */
export function networksActions(tools, graph) {
  const network = networkActions(tools, graph);
  const draft = draftActions(tools, graph, network);
  const actions = {
    ...rowActions(tools, graph, network), ...draft, ...dataActions(tools, graph, draft), ...savedActions(tools, graph, network),
    ...steeringActions(tools, network), ...writtenActions(tools, graph, draft), ...network,
    ...compareActions(tools, graph, draft, network), ...landscapeActions(tools, graph),
    ...sweepActions(tools, graph, draft, network),
  };
  follow(tools.store, actions);
  actions.recall();
  actions.followNetwork();
  return { ...actions, ...spokenActions(tools, actions) };
}

/** @param {import("./graph.js").Store} store
 * @param {Pick<NetworksActions, "readProgram" | "remember" | "followLandscape" | "followComparison" | "followSweep" | "readRows">} actions */
function follow(store, actions) {
  store.subscribe(({ net, build }, before) => {
    if (build.program !== before.build.program) void actions.readProgram();
    if (net && (net.id !== before.net?.id || net.name !== before.net?.name)) actions.remember(net);
  });
  store.subscribe(actions.followLandscape);
  store.subscribe(actions.followComparison);
  store.subscribe(actions.followSweep);
  store.subscribe(() => void actions.readRows());
}
