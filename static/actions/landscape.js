/** The loss over a plane of two parameters: opened, moved over, and kept in step with the network. */
import { firstPair, names, parametersOf } from "../landscape/elements.js";
import { askedAt } from "../network/levels.js";
import { UNSEEN, nearest, placeOf, query, zoomed } from "../landscape/wish.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../landscape/wish.js").Wish} Wish */

/** While a network trains, its landscape follows so often, in milliseconds. */
const PAUSE = 900;

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph */
export function landscapeActions({ store: { get, set }, api: { networks }, t }, graph) {
  /** @type {AbortController | null} */
  let asking = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const put = (/** @type {Partial<import("../landscape/wish.js").Survey>} */ change) => set({ survey: { ...get().survey, ...change } });

  /** The wish with elements that this network has. @returns {Wish | null} */
  function fitting() {
    const { landscape, net, graph: drawn } = get();
    if (!landscape || !net) return null;
    const all = parametersOf(net, drawn);
    const pair = firstPair(all);
    if (!pair) return null;
    const a = names(all, landscape.a) ? landscape.a : pair[0];
    const b = names(all, landscape.b) && landscape.b !== a ? landscape.b : pair.find((name) => name !== a) ?? pair[1];
    return { ...landscape, a, b };
  }

  /** Ask for the landscape that is wanted now. */
  async function survey() {
    asking?.abort();
    const { network, training } = get();
    const [wish, at] = [fitting(), askedAt(get())];
    if (!wish) return void (get().landscape && get().net && put({ problem: t("ui.landscape.onePlane") }));
    const mine = (asking = new AbortController());
    set({ landscape: wish });
    put({ busy: true, problem: "" });
    try {
      const answer = await networks.landscape(network, query(wish, training || at < 0 ? null : at), mine.signal);
      if (asking !== mine) return;
      const { answer: before, of, cursor } = get().survey;
      const kept = cursor && before && of === network ? nearest(answer, before.a.values[cursor[0]], before.b.values[cursor[1]]) : null;
      const same = before && before.a.name === answer.a.name && before.b.name === answer.b.name;
      put({ answer, of: network, busy: false, cursor: same ? kept : null });
    } catch (error) {
      if (asking === mine && !mine.signal.aborted) put({ busy: false, problem: graph.problemOf(error).detail });
    }
    if (asking === mine) asking = null;
  }

  const actions = {
    survey,
    async openLandscape() {
      set({ landscape: get().landscape ?? placeOf({}), compare: null, vary: null, sweep: "" });
      await survey();
    },
    closeLandscape() {
      asking?.abort();
      asking = null;
      clearTimeout(later);
      set({ landscape: null, survey: UNSEEN });
    },
    /** @param {Partial<Wish>} change */
    async lookAt(change) {
      const { landscape } = get();
      if (!landscape) return;
      set({ landscape: { ...landscape, ...change } });
      if (!("log" in change)) await survey();
    },
    /** @param {number} factor */
    async zoomLandscape(factor) {
      const { answer } = get().survey;
      if (answer) await actions.lookAt(zoomed(answer, factor));
    },
    /** Put the cursor in the middle. */
    async centerLandscape() {
      const { answer, cursor } = get().survey;
      if (answer && cursor) await actions.lookAt(zoomed(answer, 1, [answer.a.values[cursor[0]], answer.b.values[cursor[1]]]));
    },
    /** @param {[number, number] | null} cursor */
    readLandscape: (cursor) => put({ cursor }),
    /** Keep in step with a network that moves. @param {State} state @param {State} before */
    followLandscape(state, before) {
      if (!state.landscape || !state.net) return;
      const moved = state.net !== before.net && (state.net.version !== before.net?.version || state.net.iteration !== before.net?.iteration || state.training !== before.training);
      if (!moved && state.network === before.network && state.training === before.training) return;
      if (!state.training) {
        clearTimeout(later);
        later = undefined;
        return void survey();
      }
      later ??= setTimeout(() => {
        later = undefined;
        if (!asking) void survey();
      }, PAUSE);
    },
  };
  return actions;
}
