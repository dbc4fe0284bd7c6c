/** The network that is drawn up, with its own undo, and the tables that it is drawn up from. */
import { patchOf, same } from "../network/patch.js";
import { drawingUp, shown, standing } from "../network/shown.js";
import { draftOf } from "../network/draft.js";

/** @typedef {import("../network/draft.js").Draft} Draft */

const REMEMBERED = 60;
const QUIET = { networkProblem: "", networkPointer: "" };

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {ReturnType<typeof import("./network.js").networkActions>} network */
export function draftActions({ store: { get, set }, api: { networks } }, graph, network) {
  /** What was changed last: changes of one kind in a row, as in typing, are undone together. */
  let merged = "";

  /** The draft, or a network that stands, is to become this. @param {Draft} build @returns {Promise<boolean>} */
  async function turnTo(build) {
    const s = get();
    if (s.network && s.net && s.drafting && same(build, draftOf(s.net.spec, s.net.name))) set({ drafting: false });
    else if (!standing(s)) set({ build });
    else {
      const asked = patchOf(shown(s), build);
      if (!asked) set({ build, drafting: true });
      else if (Object.keys(asked).length) return network.patch(asked);
    }
    return true;
  }

  /** @param {Draft} build @param {string} [what]  what is changed, where many small changes are one */
  async function redraft(build, what = "") {
    const { buildPast } = get();
    const joined = what && what === merged;
    merged = what;
    set({ ...QUIET, buildPast: joined ? buildPast : [...buildPast, shown(get())].slice(-REMEMBERED), buildFuture: [] });
    if (!(await turnTo(build))) set({ buildPast });
  }

  /** @param {"buildPast" | "buildFuture"} from @param {"buildPast" | "buildFuture"} to */
  async function travel(from, to) {
    const target = get()[from].at(-1);
    if (!target) return;
    merged = "";
    set({ ...QUIET, [from]: get()[from].slice(0, -1), [to]: [...get()[to], shown(get())] });
    await turnTo(target);
  }

  return {
    redraft,
    /** What follows from the last change, and is undone with it. */
    follow: turnTo,
    async tables() {
      if (get().tables) return;
      try {
        const [datasets, optimizers, initializers, schedules, limits] = await networks.tables();
        set({ tables: { datasets, optimizers, initializers, schedules, limits: Object.fromEntries(limits.map((/** @type {any} */ l) => [l.name, l.value])) } });
      } catch (error) {
        set({ toast: graph.problemOf(error).detail });
      }
    },
    undoDraft: () => travel("buildPast", "buildFuture"),
    redoDraft: () => travel("buildFuture", "buildPast"),
    /** Undo where one is: with a network the last jump in its training or change in the builder, else those of the program. */
    async undoHere() {
      if (get().left !== "network") await graph.undo();
      else if (!network.jumpBack()) await travel("buildPast", "buildFuture");
    },
    async redoHere() {
      if (get().left !== "network") await graph.redo();
      else if (!network.jumpAgain()) await travel("buildFuture", "buildPast");
    },
    /** Draw a network that stands up anew; it stays as it is. */
    reconsider: () => set({ ...QUIET, build: shown(get()), drafting: true }),
    /** Back from a draft to the network that it was begun from. */
    keepNetwork() {
      if (drawingUp(get())) set({ ...QUIET, buildPast: [...get().buildPast, get().build], drafting: false });
    },
  };
}
