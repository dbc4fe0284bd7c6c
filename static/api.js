/** The only module that fetches. A failure is a Problem, never an exception that is lost. */

/** @typedef {import("./types.js").Problem} Problem */
/** @typedef {import("./types.js").GraphSpec} GraphSpec */

export class ApiError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** @param {string} api */
export function client(api) {
  /** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
  const post = (path, body, signal) =>
    ask(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });

  /** @param {string} path */
  const get = (path) => ask(path, {});

  /** @param {string} path @param {RequestInit} options */
  async function ask(path, options) {
    const { signal } = options;
    let response;
    try {
      response = await fetch(api + path, options);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiError({ title: "offline", status: 0, detail: "" });
    }
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) return answer;
    throw new ApiError(answer ?? { title: response.statusText, status: response.status, detail: "" });
  }
  return {
    /** @param {GraphSpec & {nudge?: object}} spec @param {string} explain @param {AbortSignal} [signal]
     * @returns {Promise<import("./types.js").Graph>} */
    graph: (spec, explain, signal) => post("/graphs", { ...spec, explain }, signal),
    /** @returns {Promise<{items: import("./types.js").Op[]}>} */
    ops: () => get("/ops"),
    /** @param {string} program @param {AbortSignal} [signal]
     * @returns {Promise<{leaves: import("./types.js").Leaf[], error: Problem | null}>} */
    program: (program, signal) => post("/programs", { program }, signal),
  };
}
