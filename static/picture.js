/** What is drawn follows from the state and from the room that the page gives the stage. */
import { frame } from "./player.js";
import { activeEdges } from "./stage/journey.js";
import { settle, travel } from "./stage/motion.js";
import { composed, viewOf } from "./stage/scene.js";

/** @typedef {import("./state.js").State} State */

/** @param {{get: () => State}} store @param {() => void} draw  called when the room has changed */
export function createPicture(store, draw) {
  /** @type {import("./stage/scene.js").Room | null} */
  let room = null;

  /** @param {State} [s] @returns {import("./formula.js").Scope | null} */
  const scope = (s = store.get()) => s.graph && {
    graph: s.graph, frame: frame(s.graph, s), digits: s.digits, lang: s.lang, rate: s.rate,
    numbers: s.symbols !== 1,
  };

  return {
    scope,
    room: () => room,
    view() {
      const seen = scope();
      return room && seen ? viewOf(composed(seen.graph, room), room, seen, store.get().camera) : null;
    },
    measure() {
      const area = document.getElementById("stage-area");
      if (!area) return;
      const { clientWidth: w, clientHeight: h } = area;
      const look = store.get().projector ? "projector" : innerWidth < 700 ? "phone" : "desk";
      if (w > 0 && h > 0 && (room?.w !== w || room?.h !== h || room?.look !== look)) {
        room = { w, h, look };
        draw();
      }
    },
    /** Let the numbers of a step travel; a jump stands at once. @param {State} state @param {State} before */
    move(state, before) {
      const seen = scope(state);
      const svg = /** @type {SVGSVGElement | null} */ (document.querySelector("#stage"));
      const onward = state.step === before.step + 1 && state.beat === 0;
      if (!seen || !svg || !onward) return settle();
      travel(svg, { edges: activeEdges(seen), backwards: seen.frame?.step?.phase === "backward" }, state.speed);
    },
  };
}
