/** A page that is a file of its own: what its address may ask of it, and its words in every language. */

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./types.js").Config} Config */

/** What can change without new answers. @type {(keyof State)[]} */
const FREE = ["scene", "step", "beat", "beats", "symbols", "select", "tab", "digits", "lang", "theme", "hues", "projector"];

/** What such a page takes from its address, and that it asks nothing: answers are judged by the server. A lesson's opening step
 * is for the scene that it opens with.
 * @param {Partial<State>} asked @param {Config} config @returns {Partial<State>} */
export function played(asked, { lesson, player }) {
  const own = lesson && asked.scene === undefined ? player?.start : {};
  return { ...own, ...Object.fromEntries(FREE.filter((name) => name in asked).map((name) => [name, asked[name]])), ask: "off" };
}

/** Go on in a language that the page has the words of. @param {Config} config @param {string} lang */
export function speak(config, lang) {
  const { player } = config;
  if (!player?.words[lang]) return;
  Object.assign(config, { lang, messages: player.words[lang] });
  document.documentElement.lang = lang;
  document.title = `${player.title[lang]} · Gradwalk`;
}
