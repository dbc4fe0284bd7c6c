/** The address in the browser's bar: it follows what the page shows, and can be had in another language. */
import { MANY } from "./pace.js";
import { printAddress } from "./state.js";
import { hurried } from "./tempo.js";

/** @typedef {import("./state.js").State} State */

/** Browsers refuse an address that changes more often than some times a second; in milliseconds. */
const WRITTEN_EVERY = 250;

/**
 * @param {ReturnType<typeof import("./store.js").createStore<State>>} store
 * @param {(scene: number) => Partial<State>} defaults  what the page shows at a scene without an address of its own
 * @param {import("./types.js").Config} config  an exercise stands in the address first
 */
export function createAddress(store, defaults, config) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let writing;
  let written = 0;

  /** What an address leaves out: what the page would show without it; the language always stands in it. */
  const omitted = () => ({ ...defaults(store.get().scene), lang: "" });
  const print = () => printAddress(store.get(), omitted()).replace("?", config.exercise ? `?${config.exercise.address}&` : "?");

  const address = {
    remember() {
      // While the history leads to another lesson, its address is not this one's.
      if (config.page === "lesson" && !location.pathname.endsWith(`/${config.lesson?.slug}`)) return;
      try {
        history.replaceState(history.state, "", location.pathname + print());
      } catch {
        // In a frame without an origin of its own, the address stays as it is.
      }
      written = performance.now();
    },
    /** Write at once, and again when what comes right after it has come; of a running training, a fast pass or a large graph
     * when it rests, as a browser lays out the page before it writes. */
    follow() {
      clearTimeout(writing);
      const { training, graph } = store.get();
      const soon = training || hurried(store.get()) || (graph?.nodes.length ?? 0) > MANY ? WRITTEN_EVERY : written + WRITTEN_EVERY - performance.now();
      if (soon > 0) writing = setTimeout(address.remember, soon);
      else address.remember();
    },
    /** @param {string} lang */
    inLanguage(lang) {
      const url = new URL(location.href);
      url.search = print();
      url.searchParams.set("lang", lang);
      return url.href;
    },
  };
  return address;
}
