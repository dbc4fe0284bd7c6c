/** The progress as a file: what was asked and typed, so that everything can be computed anew. */
import { save } from "../figures/save.js";

export const FORMAT = "gradwalk-progress";
export const VERSION = 1;

/** @param {import("./progress.js").Progress} progress @param {string} language @param {Date} now */
export const contentOf = ({ name, items }, language, now) => ({
  format: FORMAT, version: VERSION, name: name.trim(), language, saved: now.toISOString(),
  items: items.map(({ right: _, ...item }) => item),
});

/** @param {import("./progress.js").Progress} progress @param {string} language */
export function download(progress, language) {
  const named = progress.name.normalize("NFKD").replace(/[^a-zA-Z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase();
  save(`gradwalk-progress${named ? `-${named}` : ""}.json`, JSON.stringify(contentOf(progress, language, new Date()), null, 1), "application/json");
}
