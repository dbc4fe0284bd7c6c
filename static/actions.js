/** What a person can do: each action reads the state and sets the next one. */
import { graphActions } from "./actions/graph.js";
import { askActions } from "./actions/ask.js";
import { later } from "./actions/later.js";
import { readingActions } from "./actions/reading.js";
import { valueActions } from "./actions/values.js";
import { visitActions } from "./actions/visits.js";
import { walkActions } from "./actions/walk.js";

/** @typedef {import("./actions/networks.js").NetworksActions} NetworksActions */

/** @param {import("./actions/graph.js").Tools} tools */
export function createActions(tools) {
  const graph = graphActions(tools);
  /** @type {NetworksActions} */
  const networks = tools.config.player ? /** @type {any} */ (new Proxy({}, { get: () => () => {} })) : later(
    async () => (await import("./actions/networks.js")).networksActions(tools, graph),
    () => tools.store.set({ toast: tools.t("ui.offline") }),
  );
  const reading = readingActions(tools, graph);
  const ask = askActions(tools, graph, () => walk);
  const visits = visitActions(tools, graph.compute, networks, reading.look);
  const walk = walkActions(tools, graph, networks, networks, ask, visits);
  const own = { ...graph, ...walk, ...visits, ...ask, ...valueActions(tools, graph), ...reading };
  return /** @type {typeof own & Omit<NetworksActions, keyof typeof own>} */ (new Proxy(own, {
    get: (_, name) => Reflect.get(name in own ? own : networks, name),
  }));
}
