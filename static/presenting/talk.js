/** The main window's side of a talk: it tells the presenter's window what it shows, and does what is pressed there. */
import { nextLesson } from "./carried.js";
import { BLANK, printAddress } from "../state.js";
import { unique } from "../unique.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {{title: string, text: string, embed: string}} Coming  a scene that is not shown yet, and the page of its stage
 * @typedef {{kind: "shown", lang: string, lesson: string, scene: string, at: string, step: number, of: number, text: string, notes: string, coming: Coming | null}} Shown */

const KEY = "gradwalk.talk";
const WINDOW = "popup,width=1100,height=760";

/** The talk of this tab; it goes on in the next lesson. */
export function talkOfTab() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @type {BroadcastChannel | null} */
let channel = null;

/** Open the presenter's window, or bring it back. @param {import("../actions/graph.js").Tools} tools
 * @param {Pick<ReturnType<typeof import("../actions.js").createActions>, "stop" | "stepForward" | "stepBack">} actions */
export function open(tools, actions) {
  const id = talkOfTab() ?? unique();
  try {
    sessionStorage.setItem(KEY, id);
  } catch {
    // Without storage the talk ends with this page.
  }
  attach(tools, actions, id);
  const { lang, theme } = tools.store.get();
  const opened = window.open(`${tools.config.base}/presenter?lang=${lang}&theme=${theme}#${id}`, `gradwalk-${id}`, WINDOW);
  if (!opened) tools.store.set({ toast: tools.t("ui.presenter.blocked") });
}

/** Take part in a talk. @param {import("../actions/graph.js").Tools} tools
 * @param {Pick<ReturnType<typeof import("../actions.js").createActions>, "stop" | "stepForward" | "stepBack">} actions @param {string} id */
export function attach({ store, config, t }, actions, id) {
  if (channel) return;
  const here = (channel = new BroadcastChannel(`${KEY}.${id}`));
  const tell = () => here.postMessage(shown(store.get(), config, t));
  store.subscribe((s, before) => {
    if (s.scene !== before.scene || s.step !== before.step || s.graph !== before.graph || s.lang !== before.lang) tell();
  });
  here.onmessage = ({ data }) => {
    if (data?.kind === "hello") tell();
    if (data?.kind === "press") actions.stop(data.way === "next" ? actions.stepForward : actions.stepBack);
  };
  tell();
}

/** @param {State} s @param {import("../types.js").Config} config @param {import("../actions/graph.js").Tools["t"]} t @returns {Shown} */
function shown(s, config, t) {
  const { lesson } = config;
  const scene = lesson?.scenes[s.scene];
  return {
    kind: "shown", lang: s.lang, lesson: lesson ? `${t("ui.lesson")} ${lesson.number} · ${lesson.title[s.lang]}` : t("ui.lab"),
    scene: scene?.title[s.lang] ?? "", at: lesson ? `${s.scene + 1}/${lesson.scenes.length}` : "", step: s.step, of: s.graph?.steps.length ?? 0,
    text: scene?.text[s.lang] ?? "", notes: scene?.notes?.[s.lang] ?? "", coming: coming(s, config, t),
  };
}

/** @param {State} s @param {import("../types.js").Config} config @param {import("../actions/graph.js").Tools["t"]} t @returns {Coming | null} */
function coming(s, config, t) {
  const { lesson } = config;
  const scene = lesson?.scenes[s.scene + 1];
  const at = (/** @type {string} */ slug, /** @type {number} */ number) => `${config.base}/embed/lessons/${slug}${printAddress({ ...BLANK, lang: s.lang, theme: s.theme, hues: s.hues, scene: number, controls: false }, { lang: "" })}`;
  if (lesson && scene) return { title: scene.title[s.lang], text: scene.text[s.lang] ?? "", embed: at(lesson.slug, s.scene + 1) };
  const next = lesson && nextLesson(config);
  return next ? { title: `${t("ui.nextLesson")} ${next.number} · ${next.title}`, text: "", embed: at(next.slug, 0) } : null;
}

