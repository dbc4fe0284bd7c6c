/** A lesson that is being put together: its words and its scenes, kept in this browser. */
import { keepSetting, keptSetting } from "../settings.js";

/** @typedef {import("./captured.js").Composed} Composed */
/** @typedef {import("./captured.js").Texts} Texts */
/** @typedef {{title: Texts, summary: Texts, scenes: Composed[], at: number}} Draft  `at`: the scene that is edited, or -1 */

/** @type {Draft} */
export const EMPTY = { title: {}, summary: {}, scenes: [], at: -1 };
export const MOST = 100;

/** What this browser has kept; something odd is as good as nothing. @returns {Draft} */
export function kept() {
  try {
    const read = JSON.parse(keptSetting("composed") ?? "null");
    return read && Array.isArray(read.scenes) && read.scenes.every(whole) ? { ...EMPTY, ...read } : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** @param {any} scene */
const whole = (scene) => typeof scene?.graph?.program === "string" && [scene.title, scene.text, scene.notes, scene.view].every((x) => x && typeof x === "object") && Number.isInteger(scene.from);

/** @param {Draft} draft */
export const keep = (draft) => keepSetting("composed", JSON.stringify(draft));

/** @param {Draft} draft @param {Composed} scene @param {Texts} title @returns {Draft} */
export const added = (draft, scene, title) => ({ ...draft, scenes: [...draft.scenes, { ...scene, title }], at: draft.scenes.length });

/** @param {Draft} draft @param {number} index @returns {Draft} */
export const removed = (draft, index) => ({ ...draft, scenes: draft.scenes.filter((_, i) => i !== index), at: draft.at === index ? -1 : draft.at > index ? draft.at - 1 : draft.at });

/** Move a scene by one place. @param {Draft} draft @param {number} index @param {1 | -1} by @returns {Draft} */
export function moved(draft, index, by) {
  const to = index + by;
  if (to < 0 || to >= draft.scenes.length) return draft;
  const scenes = [...draft.scenes];
  [scenes[index], scenes[to]] = [scenes[to], scenes[index]];
  return { ...draft, scenes, at: draft.at === index ? to : draft.at === to ? index : draft.at };
}

/** @param {Draft} draft @param {number} index @param {Partial<Composed>} change @returns {Draft} */
export const changed = (draft, index, change) => ({ ...draft, scenes: draft.scenes.map((scene, i) => (i === index ? { ...scene, ...change } : scene)) });

/** The state of the page that shows a scene. @param {Composed} scene @returns {Partial<import("../state.js").State>} */
export const shown = ({ graph, view, from }) => ({
  program: graph.program, values: graph.values, constants: graph.constants ?? [], labels: graph.labels ?? {},
  rate: graph.update?.learning_rate ?? 0.1, update: graph.update?.parameters ?? [], detail: graph.detail ?? "tensor", expand: graph.expand ?? [],
  draft: graph.program, step: from, beat: 0, beats: view.reveal === "beats", symbols: view.symbols ? 1 : 0, tab: view.tab, select: view.select,
});
