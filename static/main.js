/** Start the page: state from the address, the first graph, and a picture for every state. */
import { createActions } from "./actions.js";
import { later } from "./actions/later.js";
import { createAddress } from "./address.js";
import { client } from "./api.js";
import { createCommands } from "./commands.js";
import { EXAMPLES } from "./examples.js";
import { translator } from "./i18n.js";
import { listen } from "./keys.js";
import { inSight } from "./landscape/keys.js";
import { graphState, sceneState } from "./lesson.js";
import { createPace } from "./pace.js";
import { createParts } from "./parts.js";
import { createPicture } from "./picture.js";
import { played, speak } from "./played.js";
import { printer } from "./printed.js";
import { recorded } from "./recorded.js";
import { createBeyond } from "./stage/beyond.js";
import { attachCursor, cardAt, focusCard } from "./stage/cursor.js";
import { attachCamera } from "./stage/gestures.js";
import { fetchFaces } from "./typefaces.js";
import { drawingUp } from "./network/shown.js";
import { hurried } from "./tempo.js";
import { keptSetting } from "./settings.js";
import { BLANK, readAddress } from "./state.js";
import { createStore } from "./store.js";
import { sweeping } from "./sweep/swept.js";
import { inParts } from "./words.js";
import { render } from "./vendor/lit-html/lit-html.js";
import { app } from "./views/app.js";

/** @typedef {import("./state.js").State} State */

/** @type {import("./types.js").Config} */
const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");
const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const t = translator(() => config.messages);

/** What the page shows at a scene without an address of its own. @param {number} scene @returns {Partial<State>} */
const defaults = (scene) => ({
  lang: config.lang,
  ...(config.lesson ? sceneState(config.lesson, scene) : config.exercise ? { ...graphState(config.exercise), ask: "every", beat: 1 } : config.player ? config.player.start : { program: EXAMPLES[0].program, values: EXAMPLES[0].values }),
});

/** The state that the address asks for; a program of its own brings no values of the example. */
function initial() {
  const { state: given, bad } = readAddress(location.search, {});
  const asked = config.player ? played(given, config) : given;
  if (config.player) speak(config, given.lang ?? config.lang);
  const bare = !config.lesson && asked.program !== undefined ? { values: {} } : {};
  const base = { ...BLANK, hues: keptSetting("hues") ?? "blue", ...defaults(asked.scene ?? 0), ...bare };
  const unseen = config.page === "lab" ? {} : { compare: null, landscape: null, vary: null, sweep: "" };
  const left = sweeping({ ...base, ...asked, ...unseen }) ? { left: "network" } : {};
  // An exercise has a level too, which is not one of those that a press goes by.
  return { state: { ...base, ...asked, ...unseen, ...left, lang: config.lang, revealChosen: asked.beats !== undefined, askChosen: asked.ask !== undefined }, bad: bad.filter((key) => key !== "level" || !config.exercise) };
}

const { state: opening, bad } = initial();
const store = createStore({ ...opening, draft: opening.program, letters: keptSetting("letters") !== "0", follow: keptSetting("follow") === "1", toast: bad.length ? t("ui.badAddress", { keys: bad.join(", ") }) : "" });

const address = createAddress(store, defaults, config);
const tools = { store, api: config.player ? recorded(config.player, t) : config.records ? (await import("./embed/records.js")).brought(client(config.api, () => config.lang), config.records) : client(config.api, () => config.lang), config, t, address };
const actions = createActions(tools);
const picture = createPicture(store, () => draw());
const parts = createParts(config, { arrived: () => draw(), failed: () => store.set({ toast: t("ui.offline") }) });
/** @type {ReturnType<typeof import("./actions/words.js").wordActions>} */
const words = later(async () => (await import("./actions/words.js")).wordActions(tools), () => {});
const commands = createCommands({ ...tools, actions, picture, address, speak: (lang) => (speak(config, lang), store.set({ lang }), void actions.compute()) });

const paced = createPace(() => draw());
const { beyond, all } = createBeyond(() => draw());

function draw() {
  const state = store.get();
  const scene = picture.scene();
  if (picture.soon()) return;
  const { quick, ...pace } = paced(state, scene !== null);
  const far = beyond(scene, quick);
  render(app({ state, hurried: hurried(state), ...pace, part: pace.part === "all" && !far ? "told" : pace.part, beyond: far, store, actions, parts: parts.of(state), config, t, number: printer(state), scope: picture.scope(), scene, room: picture.room(), commands }), root);
}

/** @param {State} state */
function dress(state) {
  Object.assign(document.documentElement.dataset, { theme: state.theme, hues: state.hues });
  document.documentElement.classList.toggle("projector", state.projector);
  draw();
}

store.subscribe((state, before) => {
  dress(state);
  // How large the stage is, is told by an observer: reading it here would have the page laid out in between.
  if (state.projector !== before.projector) requestAnimationFrame(picture.measure);
  address.follow();
  if (state.graph && inParts(state.graph)) void words.readWords();
  if (state.step === before.step && state.beat === before.beat) return;
  picture.move(state, before);
  if (state.follow) void import("./access/follow.js").then(({ follow }) => follow(state));
});
addEventListener("pagehide", address.remember);
addEventListener("popstate", actions.returned);

/** Draw the layer of the card that has the focus as one card, or its matrices; what stands for it has the focus then. */
async function collapse() {
  const from = cardAt(document.activeElement);
  const to = await actions.collapseAt(from);
  if (from && to) requestAnimationFrame(() => focusCard(to));
}

listen(inSight({
  ask: actions.cycleAsk, contents: commands.present, spotlight: commands.spotlight, presenter: commands.presenter,
  forward: () => actions.stop(actions.stepForward), back: () => actions.stop(actions.stepBack), play: actions.play, start: actions.restart, end: actions.toEnd,
  digits: actions.cycleDigits, blank: commands.blank, full: commands.full, undo: actions.undoHere, redo: actions.redoHere,
  projector: commands.projector, help: commands.help, transcript: commands.transcript,
  closer: () => commands.zoom(1.25), further: () => commands.zoom(0.8), whole: commands.fit, layer: () => void collapse(),
  train: () => void actions.toggleTraining(), finer: () => actions.zoomLevel(-1), coarser: () => actions.zoomLevel(1),
  stationOn: () => void actions.moveStation(1), stationBack: () => void actions.moveStation(-1),
}, store.get, actions), () => store.get().letters);

dress(opening);
fetchFaces();
picture.measure();
const observer = new ResizeObserver(picture.measure);
observer.observe(document.documentElement);
const area = document.getElementById("stage-area");
if (area) observer.observe(area);
attachCursor(root, { scene: picture.scene, choose: actions.select, show: commands.show });
attachCamera(root, {
  view: picture.view,
  set: (view) => store.set({ camera: view }),
  swipe: (direction) => actions.stop(direction > 0 ? actions.stepForward : actions.stepBack),
});
if (config.page === "lab") await actions.open(opening.program);
if (opening.network || opening.left === "network") {
  await actions.tables();
  void actions.pictures();
  if (drawingUp(store.get())) void actions.readData();
  void actions.readProgram();
}
if (opening.tab === "rules") actions.show("rules");
await (opening.network ? actions.openNetwork() : actions.compute());
if (sweeping(store.get())) void actions.openSweep();
else if (opening.compare) void actions.openComparison(opening.compare);
await Promise.all([picture.ready(), parts.ready()]);
if (config.embedders && parent !== window) (await import("./embed/frame.js")).attach(tools, actions);
if (config.page === "lesson" || config.page === "lab") void commands.attach();
await all();
root.dataset.ready = "true";
