/** Start the page: state from the address, the first graph, and a picture for every state. */
import { createActions } from "./actions.js";
import { client } from "./api.js";
import { createCommands } from "./commands.js";
import { number } from "./format.js";
import { translator } from "./i18n.js";
import { listen } from "./keys.js";
import { sceneState } from "./lesson.js";
import { createPicture } from "./picture.js";
import { attachCamera } from "./stage/gestures.js";
import { keptSetting } from "./settings.js";
import { BLANK, printAddress, readAddress } from "./state.js";
import { createStore } from "./store.js";
import { render } from "./vendor/lit-html/lit-html.js";
import { app } from "./views/app.js";
import { EXAMPLES } from "./views/editor.js";

/** @typedef {import("./state.js").State} State */

/** @type {import("./types.js").Config} */
const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");
const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const t = translator(config.messages);

/** What the page shows at a scene without an address of its own. @param {number} scene @returns {Partial<State>} */
const defaults = (scene) => ({
  lang: config.lang,
  ...(config.lesson ? sceneState(config.lesson, scene) : { program: EXAMPLES[0].program, values: EXAMPLES[0].values }),
});

/** The state that the address asks for; a program of its own brings no values of the example. */
function initial() {
  const { state: asked, bad } = readAddress(location.search, {});
  const bare = !config.lesson && asked.program !== undefined ? { values: {} } : {};
  const base = { ...BLANK, ...defaults(asked.scene ?? 0), ...bare };
  return { state: { ...base, ...asked, lang: config.lang, revealChosen: asked.beats !== undefined }, bad };
}

const { state: opening, bad } = initial();
const store = createStore({ ...opening, draft: opening.program, letters: keptSetting("letters") !== "0", toast: bad.length ? t("ui.badAddress", { keys: bad.join(", ") }) : "" });

/** What an address leaves out: what the page would show without it; the language always stands in it. */
const addressDefaults = () => ({ ...defaults(store.get().scene), lang: "" });
const address = {
  remember: () => history.replaceState(null, "", location.pathname + printAddress(store.get(), addressDefaults())),
  /** @param {string} lang */
  inLanguage(lang) {
    const url = new URL(location.href);
    url.search = printAddress(store.get(), addressDefaults());
    url.searchParams.set("lang", lang);
    return url.href;
  },
};

const tools = { store, api: client(config.api), config, t };
const actions = createActions(tools);
const picture = createPicture(store, () => draw());
const commands = createCommands({ ...tools, picture, address });

/** @param {State} state @returns {(value: any) => string} */
const printer = (state) => (value) => {
  const one = (/** @type {any} */ x) => number(x, state.digits, state.lang).text;
  return Array.isArray(value) ? JSON.stringify(value, (_, x) => (typeof x === "number" ? one(x) : x)).replaceAll('"', "") : one(value);
};

function draw() {
  const state = store.get();
  render(app({ state, store, actions, config, t, number: printer(state), scope: picture.scope(), room: picture.room(), commands }), root);
}

/** @param {State} state */
function dress(state) {
  document.documentElement.dataset.theme = state.theme;
  document.documentElement.classList.toggle("projector", state.projector);
  draw();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;

store.subscribe((state, before) => {
  dress(state);
  requestAnimationFrame(picture.measure);
  clearTimeout(writing);
  writing = setTimeout(address.remember, 120);
  if (state.step !== before.step || state.beat !== before.beat) picture.move(state, before);
});
addEventListener("pagehide", address.remember);

listen({
  forward: () => actions.stop(actions.stepForward), back: () => actions.stop(actions.stepBack), play: actions.play, start: actions.restart, end: actions.toEnd,
  digits: actions.cycleDigits, blank: commands.blank, full: commands.full, undo: actions.undo, redo: actions.redo,
  projector: commands.projector, help: commands.help,
}, () => store.get().letters);

dress(opening);
picture.measure();
const observer = new ResizeObserver(picture.measure);
observer.observe(document.documentElement);
const area = document.getElementById("stage-area");
if (area) observer.observe(area);
attachCamera(root, {
  view: picture.view,
  set: (view) => store.set({ camera: view }),
  swipe: (direction) => (direction > 0 ? actions.stepForward() : actions.stepBack()),
});
if (config.page === "lab") await actions.open(opening.program);
if (opening.network || opening.left === "network") await actions.tables();
if (opening.tab === "rules") actions.show("rules");
await (opening.network ? actions.openNetwork() : actions.compute());
root.dataset.ready = "true";
