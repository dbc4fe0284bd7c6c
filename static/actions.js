/** What a person can do: each action reads the state and sets the next one. */
import { draftActions } from "./actions/draft.js";
import { graphActions } from "./actions/graph.js";
import { networkActions } from "./actions/network.js";
import { readingActions } from "./actions/reading.js";
import { valueActions } from "./actions/values.js";
import { walkActions } from "./actions/walk.js";

/** @param {import("./actions/graph.js").Tools} tools */
export function createActions(tools) {
  const graph = graphActions(tools);
  const network = networkActions(tools, graph);
  return {
    ...graph, ...walkActions(tools, graph, network), ...valueActions(tools, graph), ...readingActions(tools, graph),
    ...draftActions(tools, graph), ...network,
  };
}
