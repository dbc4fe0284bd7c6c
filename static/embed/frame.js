/**
 * The page in a frame of another one: what it tells, what it is told, and the keys that lead out.
 *
 * `docs/embedding.md` describes the messages. The header `frame-ancestors` lets nobody be the parent
 * but those who may know, so that what is told needs no further check.
 */
import { actionOf } from "../keys.js";
import { ends } from "./ends.js";
import { allowed } from "./origins.js";

/** @typedef {"next" | "previous"} Way */

const NAME = "gradwalk";
/** The stage is so much wider than high where nobody says otherwise; in pixels its least and its greatest height. */
const WIDE = 16 / 9;
const [LEAST, MOST] = [240, 720];

/** @param {import("../actions/graph.js").Tools} tools
 * @param {Pick<ReturnType<typeof import("../actions.js").createActions>, "stop" | "stepForward" | "stepBack" | "goTo" | "openScene">} actions */
export function attach({ store, config }, actions) {
  const { lesson } = config;
  const reached = () => ends(store.get(), lesson);
  /** @type {Record<string, string>} */
  const told = {};

  /** Tell the parent, but not the same again. @param {{type: string}} message @param {boolean} [again] */
  function tell(message, again = false) {
    const text = JSON.stringify(message);
    if (text === told[message.type] && !again) return;
    told[message.type] = text;
    parent.postMessage({ from: NAME, ...message }, "*");
  }

  function state() {
    const { graph, step, beat, scene, lang } = store.get();
    return { type: "state", step, steps: graph?.steps.length ?? 0, beat, scene, scenes: lesson?.scenes.length ?? 1, ...reached(), lang };
  }

  function size() {
    const footer = document.querySelector("footer.controls");
    const stage = Math.min(MOST, Math.max(LEAST, innerWidth / WIDE));
    return { type: "size", width: innerWidth, height: Math.round(stage + (footer?.getBoundingClientRect().height ?? 0)) };
  }

  /** A press; past an end it is the parent's. @param {Way} way */
  function press(way) {
    const over = way === "next" ? reached().last : reached().first;
    const { step, ask } = store.get();
    if (!over || (way === "next" && ask === "fading")) actions.stop(way === "next" ? actions.stepForward : actions.stepBack);
    // A faded example may begin again at its end.
    if (over && store.get().step === step) tell({ type: "leave", ...{ to: way } }, true);
  }

  /** @param {{step?: unknown, scene?: unknown}} where */
  async function goTo({ step, scene }) {
    if (whole(scene) && scene < (lesson?.scenes.length ?? 0) && scene !== store.get().scene) await actions.openScene(scene, "from");
    if (whole(step)) actions.stop(() => actions.goTo(step));
  }

  /** @type {Record<string, (message: any) => unknown>} */
  const answers = { next: () => press("next"), previous: () => press("previous"), goto: goTo, state: () => tell(state(), true) };

  addEventListener("message", ({ source, origin, data }) => {
    const meant = source === parent && data?.to === NAME && Object.hasOwn(answers, data.type);
    if (meant && allowed(origin, config.embedders ?? [], location.origin)) void answers[data.type](data);
  });
  // Before the page's own keys.
  addEventListener("keydown", (event) => {
    const name = actionOf(event, document.activeElement, store.get().letters);
    const way = name === "forward" ? "next" : name === "back" ? "previous" : null;
    if (!way || !reached()[way === "next" ? "last" : "first"]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    press(way);
  }, true);
  store.subscribe(() => store.get().pending || tell(state()));
  new ResizeObserver(() => tell(size())).observe(document.documentElement);
  tell(state());
}

/** @param {unknown} n @returns {n is number} */
const whole = (n) => Number.isInteger(n) && Number(n) >= 0;
