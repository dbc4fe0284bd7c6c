/** Requests about networks, on top of the client's `ask`. */

/**
 * @typedef {{id: string, version: number, spec: any, iteration: number, epoch: number,
 *   batch: {index: number, of: number, size: number, rows: number[]}, phase: string, loss: number | string | null,
 *   parameters: Record<string, any>, counts: Record<string, number>, name: string | null, learning_rate: number,
 *   furthest: number, program: string, classes: string[] | null, notices: string[], links: Record<string, any>}} Network
 * @typedef {{iterations: number[], loss: (number | null)[], metrics: Record<string, (number | null)[]>,
 *   gradient_norm: Record<string, (number | null)[]>, dead_units: Record<string, (number | null)[]>, total: number}} Series
 * @typedef {{of: string, x: number[][], y: number[][], features: string[], classes: string[] | null, held_out: number[]}} Points
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
  /** A write says which version it changes, and can be sent again without being done twice. @param {number} version */
  const write = (version) => ({ "if-match": `"${version}"`, "idempotency-key": crypto.randomUUID() });
  const at = (/** @type {string} */ id, rest = "") => `/networks/${encodeURIComponent(id)}${rest}`;

  return {
    datasets: () => ask("/datasets", {}),
    optimizers: () => ask("/optimizers", {}),
    /** @param {unknown} spec @returns {Promise<Network>} */
    create: (spec) => send("POST", "/networks", spec, { "idempotency-key": crypto.randomUUID() }),
    /** @param {string} id @returns {Promise<Network>} */
    get: (id) => ask(at(id), {}),
    /** @param {string} id @param {[string, string][]} query @param {AbortSignal} [signal] @returns {Promise<import("../types.js").Graph>} */
    graph: (id, query, signal) => ask(at(id, `/graph?${new URLSearchParams(query)}`), { signal }),
    /** @param {string} id @param {number} version @param {string} phase @param {number} [count] */
    step: (id, version, phase, count = 1) => send("POST", at(id, "/step"), { phase, count }, write(version)),
    /** @param {string} id @param {number} version @param {number} iteration */
    rewind: (id, version, iteration) => send("POST", at(id, "/rewind"), { iteration }, write(version)),
    /** @param {string} id @param {number} version @param {unknown} change @returns {Promise<Network>} */
    patch: (id, version, change) => send("PATCH", at(id), change, write(version)),
    /** @param {string} id @param {unknown} x @param {AbortSignal} [signal] */
    predict: (id, x, signal) => send("POST", at(id, "/predict"), { x }, {}, signal),
    /** @param {string} id */
    history: (id) => ask(at(id, "/history"), {}),
    /** @param {string} id */
    data: (id) => ask(at(id, "/data"), {}),
    /** @param {string} id @param {number} iteration */
    copy: (id, iteration) => send("POST", at(id, "/copies"), { iteration }, { "idempotency-key": crypto.randomUUID() }),
    /** Training as a stream of events. @param {string} id @param {number} version @param {unknown} wish @param {AbortSignal} signal */
    train: (id, version, wish, signal) =>
      open(at(id, "/train"), { method: "POST", signal, body: JSON.stringify(wish), headers: { "content-type": "application/json", accept: "text/event-stream", ...write(version) } }),
  };
}
