/** The networks that were opened in this browser, newest first. */

/** @typedef {{id: string, name: string, of: string, at: number}} Recent  `of` says in short what it is made of; `at` in milliseconds */

export const MOST = 12;

/** @param {string | null} text  what storage holds; anything else than a list of networks is none @returns {Recent[]} */
export function readRecent(text) {
  try {
    const list = JSON.parse(text ?? "[]");
    return list.filter((/** @type {any} */ r) => typeof r?.id === "string" && typeof r.name === "string" && typeof r.of === "string" && Number.isFinite(r.at)).slice(0, MOST);
  } catch {
    return [];
  }
}

/** @param {Recent[]} list @param {Recent} one */
export const withRecent = (list, one) => [one, ...list.filter((r) => r.id !== one.id)].slice(0, MOST);

/** @param {Recent[]} list @param {string} id */
export const withoutRecent = (list, id) => list.filter((r) => r.id !== id);

/** What a network is made of, in a few signs: sizes and data, or that it is a program. @param {Record<string, any>} spec */
export function gist(spec) {
  const sizes = spec.layers ? [spec.inputs, ...spec.layers.map((/** @type {{units: number}} */ l) => l.units)].join("–") : "f(x)";
  return `${sizes} · ${spec.data.name ?? "CSV"}`;
}
