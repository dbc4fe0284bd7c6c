/** A server that is asked only for what did not come with the page. */
import { found } from "../recorded.js";

/** @typedef {ReturnType<typeof import("../api.js").client>} Api */

/** @param {Api} api @param {import("../types.js").Recorded} recorded @returns {Api} */
export const brought = (api, recorded) => ({
  ...api,
  graph: async (spec, explain, signal) => found(recorded.graphs, spec, explain) ?? api.graph(spec, explain, signal),
  ops: async () => ({ items: recorded.ops }),
});
