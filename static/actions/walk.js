/** Moving the playhead: steps, scenes, play. */
import { opening } from "../acts.js";
import { graphState, viewState } from "../lesson.js";
import { back, forward } from "../player.js";
import { createPlayer } from "./play.js";

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {Pick<ReturnType<typeof import("./network.js").networkActions>, "nextPass" | "lastPass" | "moveBy" | "stopTraining">} network
 * @param {{walkOn: () => Promise<void>, walkBack: () => Promise<void>}} rows @param {{askOn: () => void}} asking
 * @param {Pick<ReturnType<typeof import("./visits.js").visitActions>, "goOn" | "goBack" | "whenThere">} visits */
export function walkActions({ store: { get, set }, config }, graph, network, rows, asking, visits) {
  const player = createPlayer({ get, set });
  const scenes = () => config.lesson?.scenes ?? [];
  const scene = () => scenes()[get().scene] ?? null;
  const total = () => get().graph?.steps.length ?? 0;
  /** Whether presses go by more than a pass. */
  const far = () => get().network && !["operation", "phase"].includes(get().level);
  const sceneEnd = () => Math.min(scene()?.to ?? total(), total());

  /** @param {number} index @param {"from" | "to"} side */
  async function openScene(index, side) {
    const next = scenes()[index];
    const wanted = config.lesson?.graphs[next.graph];
    if (!wanted) return;
    const same = scenes()[get().scene]?.graph === next.graph && get().graph;
    const view = next.view ?? {};
    set({
      scene: index, beat: 0, camera: null, playing: false, editing: "", slides: false,
      ...viewState(next), ...(get().revealChosen ? { beats: get().beats } : {}),
      ...(same ? {} : { ...graphState(wanted), draft: wanted.program, history: [], iteration: 0 }),
    });
    if (!same) await graph.compute();
    set({ step: side === "from" ? Math.min(next.from ?? 0, total()) : sceneEnd(), symbols: view.symbols ? (side === "to" ? 2 : 1) : 0 });
  }

  const walk = {
    openScene,
    stepForward: () => (get().ask === "off" ? walk.onward() : void asking.askOn()),
    /** One press forward, whatever is asked. */
    onward() {
      const s = get();
      if (!s.graph) return;
      if (s.training) return network.stopTraining();
      if (s.network && s.level !== "operation") return void network.moveBy(1);
      const atEnd = s.beat === 0 && s.step >= sceneEnd();
      if (atEnd && s.symbols === 1) return set({ symbols: 2 });
      if (atEnd && s.scene + 1 < scenes().length) return void openScene(s.scene + 1, "from");
      if (atEnd && config.page === "lesson") return s.tool === "onward" ? visits.goOn() : set({ tool: "onward" });
      if (atEnd && s.network && s.rows && !s.playing) return void rows.walkOn();
      if (atEnd && s.network && !s.playing) return void network.nextPass();
      const told = s.projector && s.network && s.tab === "training" ? { tab: "ledger" } : {};
      set({ ...forward(s.graph, s, s.beats), ...told, editing: "" });
    },
    stepBack() {
      const s = get();
      if (!s.graph) return;
      if (s.training) return network.stopTraining();
      if (s.network && s.level !== "operation") return void network.moveBy(-1);
      if (s.tool === "onward") set({ tool: "" });
      if (s.symbols === 2) return set({ symbols: 1 });
      const from = Math.min(scene()?.from ?? 0, total());
      if (s.beat === 0 && s.step === from && s.scene > 0) return void openScene(s.scene - 1, "to");
      if (s.beat === 0 && s.step === 0 && config.page === "lesson") return visits.goBack();
      if (s.beat === 0 && s.step === 0 && s.network && s.rows) return void rows.walkBack();
      if (s.beat === 0 && s.step === 0 && s.network) return void network.lastPass();
      set({ ...back(s.graph, s, s.beats), editing: "" });
    },
    /** @param {number} step */
    goTo(step) {
      if (get().training) return network.stopTraining();
      set({ step: Math.max(0, Math.min(step, total())), beat: 0, editing: "", symbols: get().symbols ? 1 : 0 });
    },
    restart: () => walk.stop(() => walk.goTo(0)),
    toEnd: () => walk.stop(() => walk.goTo(total())),
    /** @param {() => void} then  done in the lesson that is on its way, if one is */
    stop(then) {
      player.stop();
      visits.whenThere(then);
    },
    play: () => visits.whenThere(walk.playOn),
    playOn() {
      if (get().playing) return walk.stop(() => {});
      if (!far() && get().step >= total()) walk.goTo(0);
      const over = () => (far() ? get().at >= (get().net?.furthest ?? 0) : get().step >= total() && get().beat === 0);
      player.start(walk.stepForward, over, total, true);
    },
    /** @param {import("../acts.js").Act} act */
    enterAct: (act) => walk.stop(() => set({ ...opening(act, get().beats), editing: "" })),
    /** Play one act from its beginning, and stop at its end. @param {import("../acts.js").Act} act */
    watchAct(act) {
      walk.enterAct(act);
      const step = () => {
        const { graph: shown, beats } = get();
        if (shown) set({ ...forward(shown, get(), beats), editing: "" });
      };
      player.start(step, () => get().step >= act.to, () => act.to, false);
    },
  };
  return walk;
}
