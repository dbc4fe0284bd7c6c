/** Ask me: which steps are asked before they are shown; the asking itself comes when it is wanted. */
import { AT_EASE } from "../ask/asking.js";
import { later } from "./later.js";

/** @typedef {ReturnType<typeof import("./asking.js").askingActions>} Asking */

const WAYS = ["off", "every", "third", "backward", "fading"];

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {() => {onward: () => void, goTo: (step: number) => void}} walk */
export function askActions(tools, graph, walk) {
  const { store: { get, set }, config, t } = tools;
  /** @type {Asking} */
  const asking = later(
    async () => (await import("./asking.js")).askingActions(tools, graph, () => walk().onward(), (step) => walk().goTo(step)),
    () => set({ toast: t("ui.offline") }),
  );
  const told = config.lesson?.scenes.some((s) => s.ask) ?? false;
  const asks = () => (config.player ? ["off"] : told ? ["lesson", ...WAYS] : WAYS);
  const setAsk = (/** @type {string} */ ask) => set({ ask, asking: AT_EASE });
  return {
    /** The ways of asking that there are here. */
    asks,
    askOn: () => asking.askOn(),
    check: (/** @type {import("./asking.js").Typed} */ answer) => asking.check(answer),
    showAnswer: () => asking.showAnswer(),
    setAsk,
    cycleAsk: () => setAsk(asks()[(asks().indexOf(get().ask) + 1) % asks().length]),
  };
}
