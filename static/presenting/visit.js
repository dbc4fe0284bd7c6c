/** Going to another lesson, or another language, on the page that is open: what the stage has stays, and full screen with it. */
import { retold } from "../i18n.js";
import { sceneState } from "../lesson.js";
import { BLANK, readAddress } from "../state.js";
import { UNREAD } from "../words.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../types.js").Config} Config */
/** @typedef {{title: string, config: Config}} Told  what a page is told at its start */

/** How the page is looked at, which holds in every lesson. @type {(keyof State)[]} */
const STAYS = ["lang", "theme", "hues", "projector", "digits", "letters", "follow", "spotlight", "blank", "speed", "transcript", "ops", "batch", "revealChosen", "askChosen"];

let latest = 0;

/** What the page at an address is told; null where it cannot be shown on this one. @param {import("../actions/graph.js").Tools} tools @param {string} href @returns {Promise<Told | null>} */
export async function told({ api, config }, href) {
  try {
    const page = await api.page(href);
    const found = JSON.parse(page.getElementById("config")?.textContent ?? "null");
    return found?.static === config.static ? { title: page.title, config: found } : null;
  } catch {
    return null;
  }
}

/** Go on as the page that was told. @param {Config} config @param {Told} told */
export function become(config, { title, config: { lang, messages, lesson, lessons, exercise } }) {
  Object.assign(config, { lang, messages, lesson, lessons, exercise });
  document.title = title;
  document.documentElement.lang = lang;
}

/** The state in another lesson: its own, but for how the page is looked at. @param {State} before @param {Config["lesson"]} lesson
 * @param {string} search  what its address asks for @returns {State} */
export function arrived(before, lesson, search) {
  const { state: asked } = readAddress(search, {});
  const opening = sceneState(lesson, asked.scene ?? 0);
  const stays = Object.fromEntries(STAYS.map((name) => [name, before[name]]));
  const chosen = {
    ...(before.askChosen && (before.ask !== "lesson" || opening.ask === "lesson") ? { ask: before.ask } : {}),
    ...(before.revealChosen ? { beats: before.beats } : {}),
  };
  return { ...BLANK, ...opening, draft: opening.program ?? "", ...asked, ...stays, ...chosen };
}

/** Go on in another language: where nothing is kept between pages, what was answered is kept so.
 * @param {import("../actions/graph.js").Tools} tools @param {() => Promise<void>} compute @param {string} href  this page in that language */
export async function speakOn(tools, compute, href) {
  const found = await told(tools, href);
  if (!found) return location.assign(href);
  const { asking, network, net, toast } = tools.store.get();
  const { messages } = tools.config;
  become(tools.config, found);
  tools.store.set({ lang: found.config.lang, words: UNREAD, toast: retold(toast, messages, found.config.messages), draftProblem: null, asking: { ...asking, verdict: null, settled: null } });
  if (net || !network) await compute();
}

/** Open the lesson at an address; where that cannot be done on this page, the browser goes there.
 * @param {import("../actions/graph.js").Tools} tools @param {() => Promise<void>} compute @param {string} href
 * @param {{onward: boolean} | null} entered  as what the history keeps it; null where the history went there itself
 * @returns {Promise<boolean>}  false where the browser goes there */
export async function visit(tools, compute, href, entered) {
  const { store, config, address } = tools;
  const mine = (latest += 1);
  store.set({ pending: true });
  const found = await told(tools, href);
  if (mine !== latest) return true;
  if (!found?.config.lesson) {
    if (entered) location.assign(href);
    else location.reload();
    return false;
  }
  if (entered) {
    store.set({ tool: "" });
    address?.remember();
    history.pushState(entered, "", href);
  }
  become(config, found);
  store.set(arrived(store.get(), config.lesson, new URL(href, location.href).search));
  scrollTo(0, 0);
  const { activeElement: focus } = document;
  if (!focus || focus === document.body) document.getElementById("stage-area")?.focus();
  await compute();
  return true;
}
