/** Requests about networks, on top of the client's `ask`. */
import { unique } from "../unique.js";

/**
 * @typedef {{id: string, access: "edit" | "view", version: number, spec: any, iteration: number, epoch: number,
 *   batch: {index: number, of: number, size: number, rows: number[]}, phase: string, loss: number | string | null,
 *   parameters: Record<string, any>, counts: Record<string, number>, name: string | null, learning_rate: number,
 *   furthest: number, stands_at: number, program: string, classes: string[] | null, notices: string[], links: Record<string, any>, data_tag?: string | null}} Network
 * @typedef {{iterations: number[], loss: any[], metrics: Record<string, any[]>,
 *   gradient_norm: Record<string, any[]>, dead_units: Record<string, any[]>, saturated_units: Record<string, any[]>, total: number,
 *   changes: {iteration: number, changed: Record<string, any>}[], version: number}} Series
 * @typedef {{of: string, given: any, x: number[][], y: number[][], features: string[], classes: string[] | null, held_out: number[]}} Points
 * @typedef {import("./grid.js").Grid & {outputs: number[][]}} Field
 */

/**
 * @param {(path: string, options: RequestInit) => Promise<any>} ask
 * @param {(path: string, options: RequestInit) => Promise<Response>} open
 */
export function networkRequests(ask, open) {
  /** @param {string} method @param {string} path @param {unknown} body @param {Record<string, string>} [headers] @param {AbortSignal} [signal] */
  const send = (method, path, body, headers = {}, signal) =>
    ask(path, { method, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body), signal });
  /** A write says which version it changes, or takes it as it comes, and can be sent again without being done twice.
   * @param {number | null} version @returns {Record<string, string>} */
  const write = (version) => ({ ...(version === null ? {} : { "if-match": `"${version}"` }), "idempotency-key": unique() });
  const at = (/** @type {string} */ id, rest = "") => `/networks/${encodeURIComponent(id)}${rest}`;

  /** The table that came last: a network whose rows are known is asked for without them. @type {{tag: string, data: any} | null} */
  let table = null;
  /** Ask for a network without its table if that is known, and put it back.
   * @param {Record<string, string>} query @param {(query: string) => Promise<Network>} asking @returns {Promise<Network>} */
  async function whole(query, asking) {
    const known = table;
    const net = await asking(`?${new URLSearchParams(known ? { ...query, data: known.tag } : query)}`);
    if (known && net.data_tag === known.tag) net.spec.data = known.data;
    else if (net.data_tag) table = { tag: net.data_tag, data: net.spec.data };
    return net;
  }

  return {
    /** Everything that a network can be drawn up from. */
    tables: () => Promise.all(["datasets", "optimizers", "initializers", "schedules", "limits"].map(async (name) => (await ask(`/${name}`, {})).items)),
    /** @param {Record<string, any>} data @param {number} rows @returns {Promise<import("./table.js").Preview>} */
    preview: (data, rows) => send("POST", "/datasets/preview", { data, rows }),
    /** @param {unknown} spec @returns {Promise<Network>} */
    create: (spec) => send("POST", "/networks", spec, { "idempotency-key": unique() }),
    /** @param {string} id @param {Record<string, string>} [query]  iteration: as it stood then; wait: after a write that goes on
     * @returns {Promise<Network>} */
    get: (id, query = {}) => whole(query, (wish) => ask(at(id, wish), {})),
    /** @param {string} id @param {[string, string][]} query @param {AbortSignal} [signal] @returns {Promise<import("../types.js").Graph>} */
    graph: (id, query, signal) => ask(at(id, `/graph?${new URLSearchParams(query)}`), { signal }),
    /** @param {string} id @param {number} version @param {string} phase @param {number} [count] */
    step: (id, version, phase, count = 1) => send("POST", at(id, "/step"), { phase, count }, write(version)),
    /** @param {string} id @param {number} version @param {number} iteration */
    rewind: (id, version, iteration) => whole({}, (wish) => send("POST", at(id, `/rewind${wish}`), { iteration }, write(version))),
    /** @param {string} id @param {number | null} version @param {unknown} change @returns {Promise<Network>} */
    patch: (id, version, change) => whole({}, (wish) => send("PATCH", at(id, wish), change, write(version))),
    /** @param {string} id @param {unknown} x @param {number} [iteration] */
    predict: (id, x, iteration) => send("POST", at(id, "/predict"), { x, iteration }),
    /** @param {string} id @returns {Promise<Series>} */
    history: (id) => ask(at(id, "/history"), {}),
    /** Where the numbers of a frame stand. @param {string} id @returns {Promise<import("./frame.js").Topology>} */
    topology: (id) => ask(at(id, "/topology"), {}),
    /** @param {string} id @param {string} lang @returns {Promise<{finite: boolean} & import("./steer.js").Diagnosis>} */
    diagnosis: (id, lang) => ask(at(id, `/diagnosis?explain=${lang}`), {}),
    /** @param {string} id @param {string} node @param {number} iteration @returns {Promise<import("./steer.js").Spread>} */
    histogram: (id, node, iteration) => ask(at(id, `/histogram?${new URLSearchParams({ node, ...(iteration >= 0 ? { iteration: String(iteration) } : {}) })}`), {}),
    /** The rows of the batch one by one. @param {string} id @param {Record<string, string>} query @returns {Promise<import("./passes.js").Answer>} */
    rows: (id, query) => ask(at(id, `/rows?${new URLSearchParams(query)}`), {}),
    /** @param {string} id */
    data: (id) => ask(at(id, "/data"), {}),
    /** @param {string} id @param {number} iteration */
    copy: (id, iteration) => send("POST", at(id, "/copies"), { iteration }, { "idempotency-key": unique() }),
    /** @param {unknown} written  what the export JSON wrote @returns {Promise<Network>} */
    importDocument: (written) => send("POST", "/networks/import", written, { "idempotency-key": unique() }),
    /** @param {string} id @param {number} version */
    remove: (id, version) => open(at(id), { method: "DELETE", headers: write(version) }),
    /** Several trainings side by side, as one stream. @param {unknown} wish @param {AbortSignal} signal */
    compare: (wish, signal) =>
      open("/comparisons", { method: "POST", signal, body: JSON.stringify(wish), headers: { "content-type": "application/json", accept: "text/event-stream" } }),
    /** Trainings beside the server, by a task that anyone may look at. */
    sweeps: {
      /** @param {unknown} wish @returns {Promise<import("../sweep/swept.js").Answer>} */
      start: (wish) => send("POST", "/sweeps", wish, { "idempotency-key": unique() }),
      /** @param {string} id @param {AbortSignal} signal @returns {Promise<import("../sweep/swept.js").Answer>} */
      get: (id, signal) => ask(`/sweeps/${encodeURIComponent(id)}?curves=true`, { signal }),
      /** @param {string} id @param {AbortSignal} signal */
      stream: (id, signal) => open(`/sweeps/${encodeURIComponent(id)}/stream`, { signal, headers: { accept: "text/event-stream" } }),
      /** @param {string} id */
      cancel: (id) => ask(`/sweeps/${encodeURIComponent(id)}`, { method: "DELETE" }),
      /** @param {string} id @param {number} number @returns {Promise<{network: any, iterations: number}>} */
      run: (id, number) => ask(`/sweeps/${encodeURIComponent(id)}/runs/${number}`, {}),
    },
    /** The loss over a plane of two parameters. @param {string} id @param {Record<string, string>} query @param {AbortSignal} signal
     * @returns {Promise<import("../landscape/wish.js").Answer>} */
    landscape: (id, query, signal) => ask(at(id, `/landscape?${new URLSearchParams(query)}`), { signal }),
    /** Training as a stream of events. @param {string} id @param {number} version @param {unknown} wish @param {AbortSignal} signal */
    train: (id, version, wish, signal) =>
      open(at(id, "/train"), { method: "POST", signal, body: JSON.stringify(wish), headers: { "content-type": "application/json", accept: "text/event-stream", ...write(version) } }),
  };
}
