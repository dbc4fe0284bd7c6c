/** What a person can do: each action reads the state and sets the next one. */
import { graphActions } from "./actions/graph.js";
import { readingActions } from "./actions/reading.js";
import { valueActions } from "./actions/values.js";
import { walkActions } from "./actions/walk.js";

/** @param {import("./actions/graph.js").Tools} tools */
export function createActions(tools) {
  const graph = graphActions(tools);
  return { ...graph, ...walkActions(tools, graph), ...valueActions(tools, graph), ...readingActions(tools, graph) };
}
