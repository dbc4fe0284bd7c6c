/** Ask me: which steps are asked before they are shown; the asking itself comes when it is wanted. */
import { AT_EASE } from "../ask/asking.js";

/** @typedef {ReturnType<typeof import("./asking.js").askingActions>} Asking */

const WAYS = ["off", "every", "third", "backward", "fading"];

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {() => {onward: () => void, goTo: (step: number) => void}} walk */
export function askActions(tools, graph, walk) {
  const { store: { get, set }, config, t } = tools;
  /** @type {Asking | null} */
  let here = null;
  /** @type {Promise<Asking | null> | null} */
  let coming = null;

  async function load() {
    try {
      const { askingActions } = await import("./asking.js");
      return (here = askingActions(tools, graph, () => walk().onward(), (step) => walk().goTo(step)));
    } catch {
      return (coming = null);
    }
  }
  const bring = () => (coming ??= load());

  /** @param {(asking: Asking) => unknown} act */
  async function soon(act) {
    const asking = here ?? (await bring());
    if (asking) await act(asking);
    else set({ toast: t("ui.offline") });
  }

  const told = () => config.lesson?.scenes.some((s) => s.ask) ?? false;
  const asks = () => (config.player ? ["off"] : told() ? ["lesson", ...WAYS] : WAYS);
  const setAsk = (/** @type {string} */ ask) => set({ ask, asking: AT_EASE, askChosen: true });
  return {
    /** The ways of asking that there are here. */
    asks, setAsk,
    /** One press forward. A lesson's questions stand at its beats, so that a press never waits for what asks them; what comes next is
     * asked before the first. */
    askOn() {
      const { ask, beats, scene } = get();
      const ordered = config.lesson?.scenes[scene]?.ask?.some((text) => text.startsWith("next ")) ?? false;
      const free = !navigator.onLine || (ask === "lesson" && !beats);
      if (free || (!here && ask === "lesson" && !ordered)) walk().onward();
      else if (here) here.askOn();
      else void bring().then((asking) => (asking ? asking.askOn() : walk().onward()));
      if (!free) void bring();
    },
    check: (/** @type {import("./asking.js").Typed} */ answer) => soon((asking) => asking.check(answer)),
    showAnswer: () => soon((asking) => asking.showAnswer()),
    cycleAsk: () => setAsk(asks()[(asks().indexOf(get().ask) + 1) % asks().length]),
  };
}
