/** The only module that fetches. A failure is a Problem, never an exception that is lost. */

import { networkRequests } from "./network/requests.js";

/** @typedef {import("./types.js").Problem} Problem */
/** @typedef {import("./types.js").GraphSpec} GraphSpec */

export class ApiError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** @param {string} api @param {() => string} lang  in which problems are told */
export function client(api, lang) {
  /** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
  const post = (path, body, signal) => ask(path, sent(body, signal));

  /** @param {unknown} body @param {AbortSignal} [signal] */
  const sent = (body, signal) => ({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal });

  /** @param {string} path */
  const get = (path) => ask(path, {});

  /** @param {string} path @param {RequestInit} options */
  async function open(path, options) {
    let response;
    try {
      response = await fetch(api + path, { ...options, headers: { ...options.headers, "accept-language": lang() } });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ApiError({ title: "offline", status: 0, detail: "" });
    }
    if (response.ok) return response;
    const answer = await response.json().catch(() => null);
    const wait = Number(response.headers.get("retry-after")) || undefined;
    throw new ApiError(answer ? { ...answer, wait } : { title: response.statusText, status: response.status, detail: "" });
  }

  /** @param {string} path @param {RequestInit} options */
  async function ask(path, options) {
    const response = await open(path, options);
    const answer = await response.json().catch(() => null);
    if (answer) return answer;
    throw new ApiError({ title: response.statusText, status: response.status, detail: "" });
  }
  return {
    networks: networkRequests(ask, open),
    /** @param {GraphSpec & {nudge?: object}} spec @param {string} explain @param {AbortSignal} [signal]
     * @returns {Promise<import("./types.js").Graph>} */
    graph: (spec, explain, signal) => post("/graphs", { ...spec, explain }, signal),
    /** @param {object} body @returns {Promise<import("./wire.d.ts").AnswerVerdict>} */
    answer: (body) => post("/answers", body),
    /** @param {GraphSpec} spec @param {string} explain @returns {Promise<{steps: import("./types.js").Step[]}>} */
    steps: (spec, explain) => post("/graphs/steps", { ...spec, explain }),
    /** @param {string} template @param {number} level @param {number} seed @returns {Promise<import("./wire.d.ts").ExerciseBody>} */
    exercise: (template, level, seed) => get(`/exercises/${template}?level=${level}&seed=${seed}`),
    /** A page of this server, of which nothing runs. @param {string} href */
    page: async (href) => {
      const answer = await fetch(href, { headers: { accept: "text/html" } });
      if (!answer.ok) throw new ApiError({ title: answer.statusText, status: answer.status, detail: "" });
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    },
    /** A page that plays by itself. @param {object} body */
    player: (body) => open("/players", sent(body)).then((answer) => answer.blob()),
    /** Other numbers for a program. @param {object} body @returns {Promise<import("./wire.d.ts").VariantBody>} */
    variant: (body) => post("/graphs/variants", body),
    /** A program as a script. @param {object} body */
    code: (body) => open("/graphs/code", sent(body)).then((answer) => answer.text()),
    /** @returns {Promise<{items: import("./types.js").Op[]}>} */
    ops: () => get("/ops"),
    /** @param {string} program @param {AbortSignal} [signal]
     * @returns {Promise<{leaves: import("./types.js").Leaf[], error: Problem | null}>} */
    program: (program, signal) => post("/programs", { program }, signal),
  };
}
