/** Answers that came with the page: what stands in for the server in a file that plays without one. */
import { ApiError } from "./api.js";

/** @typedef {import("./types.js").GraphSpec} GraphSpec */

/** @param {unknown} value */
const blank = (value) => value === undefined || value === null || (typeof value === "object" && !Object.keys(value).length);

/** What is asked for, written alike whatever the order of its members. @param {unknown} asked @returns {string} */
const written = (asked) =>
  JSON.stringify(asked, (_, value) =>
    value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([, one]) => !blank(one)).sort(([a], [b]) => (a < b ? -1 : 1))) : value);

/** @param {import("./types.js").Recorded["graphs"]} graphs @param {GraphSpec} asked @param {string} explain */
export const found = (graphs, { told: _, ...spec }, explain) => graphs.find(({ asked }) => written(asked) === written(spec))?.answers[explain];

/**
 * @param {import("./types.js").Recorded} recorded @param {(key: string) => string} t
 * @returns {ReturnType<typeof import("./api.js").client>}
 */
export function recorded({ graphs, ops }, t) {
  const none = async () => {
    throw new ApiError({ title: "recorded", status: 404, detail: t("ui.player.none") });
  };
  return {
    networks: /** @type {any} */ (new Proxy({}, { get: () => none })),
    // Every step is told in a file: there is no asking for parts of a long pass.
    graph: async (spec, explain) => found(graphs, spec, explain) ?? none(),
    ops: async () => ({ items: ops }),
    steps: none,
    page: none,
    player: none,
    code: none,
    program: none,
    answer: none,
    exercise: none,
    variant: none,
  };
}
