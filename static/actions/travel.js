/** Through a training by iterations, epochs and its whole length: what was reached is looked at, what was not is run. */
import { after, before, isToCome, lastPhase, nextPhase, passOf, zoomed } from "../network/levels.js";
import { steer } from "../network/steer.js";
import { END, START } from "./changes.js";

/** @typedef {{step: number, beat: number}} Side */

const REMEMBERED = 60;

/** @param {import("./graph.js").Tools} tools @param {import("./sight.js").Sight} sight @param {import("./changes.js").Changes} changes */
export function travelActions({ store }, sight, changes) {
  const { get, set } = store;
  const remember = (/** @type {Partial<import("../network/steer.js").Steer>} */ part) => steer({ store }, part);
  /** @type {number | null} */
  let wanted = null;
  let busy = false;

  /** Look at an iteration; while one is fetched, only the newest wish counts, and presses already count in its pass.
   * @param {number} at @param {Side} side */
  async function look(at, side) {
    wanted = at;
    const { net, steer: before } = get();
    // What is looked at was led to: the next press counts from there.
    set({ at, ...side, editing: "", steer: { ...before, wanted: {} }, ...(net && at > 0 ? { net: { ...net, phase: "update" } } : {}) });
    if (busy) return;
    busy = true;
    try {
      while (wanted !== null) {
        const next = wanted;
        wanted = null;
        await sight.reload({ at: next });
      }
    } finally {
      busy = false;
    }
  }

  /** The number of the pass that is shown. */
  function shownPass() {
    const { at, net } = get();
    return net ? passOf(at, net) : at;
  }

  /** Be at an iteration, run first if it has to be. @param {number} at @param {Side} [side] */
  async function goTo(at, side = END) {
    const { net, training } = get();
    if (!net || training) return;
    await (at <= net.furthest ? look(at, side) : changes.reach(at, side));
  }

  const here = () => ({ at: Math.max(0, get().at), builds: get().buildPast.length });
  /** @param {number} at */
  const land = (at) => void goTo(Math.min(Math.max(0, at), get().net?.furthest ?? 0), at ? END : START);

  /** Take a jump back, or again, unless the builder was used since. @param {"trail" | "ahead"} from @param {"trail" | "ahead"} to @returns {boolean} */
  function rejump(from, to) {
    const { steer: { [from]: list, [to]: other }, training } = get();
    const jump = list.at(-1);
    if (!jump || training || jump.builds !== get().buildPast.length) return false;
    remember({ [from]: list.slice(0, -1), [to]: [...other, here()] });
    land(jump.at);
    return true;
  }

  const travel = {
    /** A far jump, which an undo takes back. @param {number} at */
    jumpTo(at) {
      if (get().training) return;
      remember({ trail: [...get().steer.trail, here()].slice(-REMEMBERED), ahead: [] });
      land(at);
    },
    jumpBack: () => rejump("trail", "ahead"),
    jumpAgain: () => rejump("ahead", "trail"),
    /** A slider on the move. @param {number} at */
    scrub: (at) => land(at),
    /** From the last step of a pass to the first of the next one. */
    nextPass: () => goTo(shownPass() + 1, START),
    /** From the first step of a pass to the last of the one before. */
    async lastPass() {
      if (shownPass() > 1) await goTo(shownPass() - 1, END);
    },
    /** @param {1 | -1} by */
    zoomLevel(by) {
      if (get().network) set({ level: zoomed(get().level, by) });
    },
    /** The next iteration or epoch: looked at if it was reached and nothing was changed, else run. @param {"iteration" | "epoch"} phase */
    async stepOn(phase) {
      const { net, at, steer: { wanted: settings } } = get();
      if (!net) return;
      const next = after(phase, at, net);
      if (next <= net.furthest && !Object.keys(settings).length) return goTo(next, END);
      await changes.stepNetwork(phase);
    },
    /** One press at a level coarser than operations. @param {1 | -1} by */
    async moveBy(by) {
      const { level, net, at, step, graph: shown } = get();
      // How far an epoch goes is known once its iteration has been read.
      if (!net || !shown || (level === "epoch" && net.iteration !== at)) return;
      if (level === "phase") return travel.movePhase(by);
      const atEnd = step >= shown.steps.length;
      if (by < 0) return at === 0 ? set(START) : goTo(before(level, at, net), before(level, at, net) ? END : START);
      if (level === "iteration" && isToCome(at, net)) return goTo(at + (atEnd ? 2 : 1), END);
      if (level === "run" && at >= net.furthest) return set(END);
      await goTo(after(level, at, net), END);
    },
    /** @param {1 | -1} by */
    async movePhase(by) {
      const { step, graph: shown } = get();
      const steps = shown?.steps ?? [];
      if (by > 0 && step >= steps.length) {
        await travel.nextPass();
        return set({ step: nextPhase(get().graph?.steps ?? [], 0), beat: 0 });
      }
      if (by < 0 && step === 0) return travel.lastPass();
      set({ step: by > 0 ? nextPhase(steps, step) : lastPhase(steps, step), beat: 0 });
    },
  };
  return travel;
}
