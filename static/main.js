/** Start the page: state from the address, the first graph, and a picture for every state. */
import { createActions } from "./actions.js";
import { client } from "./api.js";
import { number } from "./format.js";
import { translator } from "./i18n.js";
import { listen } from "./keys.js";
import { sceneState } from "./lesson.js";
import { frame } from "./player.js";
import { activeEdges } from "./stage/journey.js";
import { composed, viewOf } from "./stage/scene.js";
import { attachCamera } from "./stage/gestures.js";
import { zoomAt } from "./stage/camera.js";
import { settle, travel } from "./stage/motion.js";
import { keepSetting, keptSetting } from "./settings.js";
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
const api = client(config.api);
const actions = createActions(store, api, config, t);

const commands = {
  theme() {
    const order = ["auto", "light", "dark"];
    store.set({ theme: order[(order.indexOf(store.get().theme) + 1) % 3] });
  },
  projector: () => store.set({ projector: !store.get().projector, camera: null }),
  full: () => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.()),
  blank: () => store.set({ blank: !store.get().blank }),
  link() {
    const say = () => store.set({ toast: t("ui.linkCopied") });
    remember(store.get());
    navigator.clipboard?.writeText(location.href).then(say, say);
  },
  help: () => store.set({ help: !store.get().help }),
  letters() {
    store.set({ letters: !store.get().letters });
    keepSetting("letters", store.get().letters ? "1" : "0");
  },
  fit: () => store.set({ camera: null }),
  /** @param {number} factor */
  zoom(factor) {
    const s = store.get();
    const scope = scopeOf(s);
    if (!room || !scope) return;
    store.set({ camera: zoomAt(viewOf(composed(scope.graph, room), room, scope, s.camera), factor, room.w / 2, room.h / 2) });
  },
  lang() {
    const url = new URL(location.href);
    url.search = printAddress(store.get(), addressDefaults());
    url.searchParams.set("lang", store.get().lang === "en" ? "pt-BR" : "en");
    location.assign(url);
  },
};

/** @type {import("./stage/scene.js").Room | null} */
let room = null;

/** @param {State} s @returns {import("./formula.js").Scope | null} */
const scopeOf = (s) => s.graph && {
  graph: s.graph, frame: frame(s.graph, s), digits: s.digits, lang: s.lang, rate: s.rate,
  numbers: s.symbols !== 1,
};

/** What an address leaves out: what the page would show without it; the language always stands in it. */
const addressDefaults = () => ({ ...defaults(store.get().scene), lang: "" });

function measure() {
  const area = document.getElementById("stage-area");
  if (!area) return;
  const { clientWidth: w, clientHeight: h } = area;
  const look = store.get().projector ? "projector" : innerWidth < 700 ? "phone" : "desk";
  if (w > 0 && h > 0 && (room?.w !== w || room?.h !== h || room?.look !== look)) {
    room = { w, h, look };
    draw();
  }
}

function draw() {
  const state = store.get();
  const say = (/** @type {any} */ value) => (Array.isArray(value) ? JSON.stringify(value, (_, x) => (typeof x === "number" ? number(x, state.digits, state.lang).text : x)).replaceAll('"', "") : number(value, state.digits, state.lang).text);
  render(app({ state, store, actions, config, t, number: say, scope: scopeOf(state), room, commands }), root);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;

/** @param {State} state */
function remember(state) {
  history.replaceState(null, "", location.pathname + printAddress(state, addressDefaults()));
}

store.subscribe((state, before) => {
  document.documentElement.dataset.theme = state.theme;
  document.documentElement.classList.toggle("projector", state.projector);
  draw();
  requestAnimationFrame(measure);
  clearTimeout(writing);
  writing = setTimeout(() => remember(store.get()), 120);
  if (state.step !== before.step || state.beat !== before.beat) move(state, before);
});

/** @param {State} state @param {State} before */
function move(state, before) {
  const scope = scopeOf(state);
  const svg = /** @type {SVGSVGElement | null} */ (document.querySelector("#stage"));
  const onward = state.step === before.step + 1 && state.beat === 0;
  if (!scope || !svg || !onward) return settle();
  travel(svg, { edges: activeEdges(scope), backwards: scope.frame?.step?.phase === "backward" }, state.speed);
}

addEventListener("pagehide", () => remember(store.get()));

listen({
  forward: () => actions.stop(actions.stepForward), back: () => actions.stop(actions.stepBack), play: actions.play, start: actions.restart, end: actions.toEnd,
  digits: actions.cycleDigits, blank: commands.blank, full: commands.full, undo: actions.undo, redo: actions.redo,
  projector: commands.projector, help: commands.help,
}, () => store.get().letters);

document.documentElement.dataset.theme = opening.theme;
document.documentElement.classList.toggle("projector", opening.projector);
draw();
measure();
const observer = new ResizeObserver(measure);
observer.observe(document.documentElement);
const area = document.getElementById("stage-area");
if (area) observer.observe(area);
attachCamera(root, {
  view: () => {
    const s = store.get();
    const scope = scopeOf(s);
    return room && scope ? viewOf(composed(scope.graph, room), room, scope, s.camera) : null;
  },
  set: (view) => store.set({ camera: view }),
  swipe: (direction) => (direction > 0 ? actions.stepForward() : actions.stepBack()),
});
if (config.page === "lab") await actions.open(opening.program);
if (opening.tab === "rules") actions.show("rules");
await actions.compute();
root.dataset.ready = "true";
