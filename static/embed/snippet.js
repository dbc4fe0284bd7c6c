/** The text that puts what the page shows into a page of one's own. */
import { sceneState } from "../lesson.js";
import { BLANK, printAddress } from "../state.js";

/** @typedef {import("../state.js").State} State */

/** What of a page's state belongs to the picture. @type {(keyof State)[]} */
const SHOWN = ["program", "values", "constants", "labels", "rate", "update", "detail", "expand", "scene", "step", "beat", "beats", "ask", "symbols", "select", "digits", "lang", "theme", "controls"];

/** Pixels: a frame as high as the stage of a wide page and its controls. */
const HEIGHT = 560;

/** @param {string} text */
const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** @param {State} state @param {import("../types.js").Config} config @param {string} site  its origin @param {string} title */
export function snippet(state, { base, lesson }, site, title) {
  const shown = { ...BLANK, ...Object.fromEntries(SHOWN.map((name) => [name, state[name]])) };
  const known = { ...(lesson ? sceneState(lesson, state.scene) : {}), lang: "" };
  const page = lesson ? `lessons/${lesson.slug}` : "lab";
  const src = `${site}${base}/embed/${page}${printAddress(shown, known)}`;
  return `<iframe src="${quoted(src)}" width="100%" height="${HEIGHT}" title="${quoted(title)}" loading="lazy" allow="fullscreen" style="border:0"></iframe>`;
}
