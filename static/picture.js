/** What is drawn follows from the state and from the room that the page gives the stage. */
import { MEAN } from "./network/stations.js";
import { frame } from "./player.js";
import { activeEdges } from "./stage/passing.js";
import { settle, travel } from "./stage/motion.js";
import { arranged, composed, soon, viewOf } from "./stage/scene.js";

/** @typedef {import("./state.js").State} State */

/** @param {{get: () => State}} store @param {() => void} draw  called when the room has changed */
export function createPicture(store, draw) {
  /** @type {import("./stage/scene.js").Room | null} */
  let room = null;
  /** @type {Promise<void> | null} */
  let waiting = null;

  /** @param {State} [s] @returns {import("./formula.js").Scope | null} */
  const scope = (s = store.get()) => s.graph && {
    graph: s.graph, frame: frame(s.graph, s), digits: s.digits, lang: s.lang, rate: s.rate,
    words: s.words, numbers: s.symbols !== 1, mean: s.network !== "" && s.rows === MEAN,
  };

  /** The scene as far as it is there; when it is awaited, it is drawn once it comes. */
  function scene() {
    const { graph } = store.get();
    const found = graph && room && composed(graph, room);
    waiting ??= arranged()?.then(() => {
      waiting = null;
      draw();
    }) ?? null;
    return found;
  }

  return {
    scope, scene, soon,
    room: () => room,
    /** Settled once there is nothing to wait for. */
    ready: async () => {
      while (waiting) await waiting;
    },
    view() {
      const [seen, found] = [scope(), scene()];
      return room && seen && found ? viewOf(found, room, seen, store.get().camera) : null;
    },
    measure() {
      const area = document.getElementById("stage-area");
      if (!area) return;
      const { clientWidth: w, clientHeight: h } = area;
      // On a telephone the card of a question lies over the foot of the stage.
      const below = innerWidth < 700 ? document.querySelector(".ask-card:not(.settled)")?.clientHeight ?? 0 : 0;
      const look = store.get().projector ? "projector" : innerWidth < 700 ? "phone" : "desk";
      if (w > 0 && h > 0 && (room?.w !== w || room?.h !== h || room?.look !== look || room.below !== below)) {
        room = { w, h, look, below };
        draw();
      }
    },
    /** Let the numbers of a step travel; a jump stands at once. @param {State} state @param {State} before */
    move(state, before) {
      const seen = scope(state);
      const [svg, placed] = [document.querySelector("#stage svg"), scene()];
      const onward = state.step === before.step + 1 && state.beat === 0;
      if (!seen || !svg || !placed || !onward) return settle();
      const routes = activeEdges(seen).flatMap((e) => placed.byEdge.get(e) ?? []);
      travel(svg, { routes, backwards: seen.frame?.step?.phase === "backward" }, state.speed);
    },
  };
}
