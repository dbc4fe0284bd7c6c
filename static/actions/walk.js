/** Moving the playhead: steps, scenes, play. */
import { graphState, viewState } from "../lesson.js";
import { back, forward } from "../player.js";

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {{nextPass: () => Promise<void>}} network */
export function walkActions({ store: { get, set }, config }, graph, network) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const scenes = config.lesson?.scenes ?? [];
  const scene = () => scenes[get().scene] ?? null;
  const total = () => get().graph?.steps.length ?? 0;
  const sceneEnd = () => Math.min(scene()?.to ?? total(), total());

  /** @param {number} index @param {"from" | "to"} side */
  async function openScene(index, side) {
    const next = scenes[index];
    const wanted = config.lesson?.graphs[next.graph];
    if (!wanted) return;
    const same = scenes[get().scene]?.graph === next.graph && get().graph;
    const view = next.view ?? {};
    set({
      scene: index, beat: 0, camera: null, playing: false, editing: "", slides: false,
      ...viewState(next), ...(get().revealChosen ? { beats: get().beats } : {}),
      ...(same ? {} : { ...graphState(wanted), draft: wanted.program, history: [], iteration: 0, detail: "tensor", expand: [] }),
    });
    if (!same) await graph.compute();
    set({ step: side === "from" ? Math.min(next.from ?? 0, total()) : sceneEnd(), symbols: view.symbols ? (side === "to" ? 2 : 1) : 0 });
  }

  const walk = {
    openScene,
    stepForward() {
      const s = get();
      if (!s.graph) return;
      const atEnd = s.beat === 0 && s.step >= sceneEnd();
      if (atEnd && s.symbols === 1) return set({ symbols: 2 });
      if (atEnd && s.scene + 1 < scenes.length) return void openScene(s.scene + 1, "from");
      if (atEnd && s.network && !s.playing) return void network.nextPass();
      set({ ...forward(s.graph, s, s.beats), editing: "" });
    },
    stepBack() {
      const s = get();
      if (!s.graph) return;
      if (s.symbols === 2) return set({ symbols: 1 });
      const from = Math.min(scene()?.from ?? 0, total());
      if (s.beat === 0 && s.step === from && s.scene > 0) return void openScene(s.scene - 1, "to");
      set({ ...back(s.graph, s, s.beats), editing: "" });
    },
    /** @param {number} step */
    goTo(step) {
      set({ step: Math.max(0, Math.min(step, total())), beat: 0, editing: "", symbols: get().symbols ? 1 : 0 });
    },
    restart: () => walk.stop(() => walk.goTo(0)),
    toEnd: () => walk.stop(() => walk.goTo(total())),
    /** @param {() => void} then */
    stop(then) {
      clearTimeout(timer);
      set({ playing: false });
      then();
    },
    play() {
      if (get().playing) return walk.stop(() => {});
      if (get().step >= total()) walk.goTo(0);
      set({ playing: true });
      const tick = () => {
        if (!get().playing) return;
        walk.stepForward();
        if (get().step >= total() && get().beat === 0) return set({ playing: false });
        timer = setTimeout(tick, 1300 / get().speed);
      };
      tick();
    },
  };
  return walk;
}
