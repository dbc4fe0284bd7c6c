/** How the page is shown: theme, projector, full screen, camera, language, the link. */
import { broughtIn, zoomAt } from "./stage/camera.js";
import { keepSetting } from "./settings.js";

/** @param {import("./types.js").Config} config @param {string} lang */
export function nextLanguage({ languages }, lang) {
  const tags = Object.keys(languages);
  return tags[(tags.indexOf(lang) + 1) % tags.length];
}

const THEMES = ["auto", "light", "dark"];

/**
 * @param {import("./actions/graph.js").Tools & {actions: ReturnType<typeof import("./actions.js").createActions>, picture: ReturnType<typeof import("./picture.js").createPicture>,
 *   address: {remember: () => void, inLanguage: (lang: string) => string}, speak: (lang: string) => void}} tools  `speak`: where the page has the words of all languages
 */
export function createCommands({ store, t, config, api, actions, picture, address, speak }) {
  /** Whether there is a server, and the page stands by itself. */
  const served = !config.player && config.page !== "embed";
  return {
    theme: () => store.set({ theme: THEMES[(THEMES.indexOf(store.get().theme) + 1) % THEMES.length] }),
    /** On the wall the ledger of a step tells more than the curves of a training that rests. */
    projector() {
      const { projector, network, training, tab, step } = store.get();
      const told = !projector && network && !training && tab === "training" && step > 0;
      store.set({ projector: !projector, camera: null, ...(told ? { tab: "ledger" } : {}) });
    },
    full: () => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.()),
    blank: () => store.set({ blank: !store.get().blank }),
    link() {
      const edits = store.get().net?.access === "edit" ? ` ${t("ui.share.linkEdits")}` : "";
      const say = (/** @type {string} */ key) => () => store.set({ toast: t(key, { link: location.href }) + edits });
      address.remember();
      const done = navigator.clipboard?.writeText(location.href);
      if (done) done.then(say("ui.linkCopied"), say("ui.linkShown"));
      else say("ui.linkShown")();
    },
    transcript: () => store.set({ transcript: !store.get().transcript }),
    help: () => store.set({ help: !store.get().help }),
    present: () => store.set({ tool: store.get().tool ? "" : served ? "present" : "" }),
    async spotlight() {
      if (config.player) return;
      const on = !store.get().spotlight;
      store.set({ spotlight: on });
      (await import("./presenting/spotlight.js")).spotlight(on);
    },
    async presenter() {
      if (served) (await import("./presenting/talk.js")).open({ store, config, t, api }, actions);
    },
    /** Go on with the talk of this tab, in the next lesson. */
    async attach() {
      const id = sessionStorage.getItem("gradwalk.talk");
      if (id) (await import("./presenting/talk.js")).attach({ store, config, t, api }, actions, id);
    },
    /** @param {string} hues */
    hues(hues) {
      store.set({ hues });
      keepSetting("hues", hues);
    },
    figures: () => store.set({ figures: !store.get().figures }),
    letters() {
      store.set({ letters: !store.get().letters });
      keepSetting("letters", store.get().letters ? "1" : "0");
    },
    fit: () => store.set({ camera: null }),
    /** Move the camera as little as brings a card into sight. @param {string} id */
    show(id) {
      const [scene, room, view] = [picture.scene(), picture.room(), picture.view()];
      const at = scene?.placed.nodes.get(id);
      if (!room || !view || !at) return;
      const moved = broughtIn(at, view, room);
      if (moved.x !== view.x || moved.y !== view.y) store.set({ camera: moved });
    },
    /** @param {number} factor */
    zoom(factor) {
      const [room, view] = [picture.room(), picture.view()];
      if (!room || !view) return;
      store.set({ camera: zoomAt(view, factor, room.w / 2, room.h / 2) });
    },
    lang() {
      const other = nextLanguage(config, store.get().lang);
      if (config.player) speak(other);
      else void actions.speakOn(address.inLanguage(other));
    },
  };
}
