/** The playhead running by the clock: one step after another, or many between two pictures of the screen. */
import { isFast, tempo } from "../tempo.js";

/** @param {{get: () => import("../state.js").State, set: (change: Partial<import("../state.js").State>) => void}} store */
export function createPlayer({ get, set }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asked = 0;
  let round = 0;

  /** As many steps as the time since the last picture is worth. @param {number} mine @param {() => number} end */
  function run(mine, end) {
    let [last, owed] = [performance.now(), 0];
    const picture = (/** @type {number} */ time) => {
      if (!get().playing || mine !== round) return;
      owed += ((time - last) / 1000) * tempo(get());
      last = time;
      const step = Math.min(end(), get().step + Math.max(0, Math.floor(owed)));
      owed -= Math.max(0, Math.floor(owed));
      if (step >= end()) return set({ step: end(), beat: 0, playing: false });
      if (step !== get().step) set({ step, beat: 0, editing: "" });
      asked = requestAnimationFrame(picture);
    };
    asked = requestAnimationFrame(picture);
  }

  return {
    stop() {
      clearTimeout(timer);
      cancelAnimationFrame(asked);
      round += 1;
      set({ playing: false });
    },
    /** @param {() => void} step  does the next step @param {() => boolean} over @param {() => number} end  where a fast run stops
     * @param {boolean} atOnce  whether the first step is done at once */
    start(step, over, end, atOnce) {
      clearTimeout(timer);
      cancelAnimationFrame(asked);
      const mine = (round += 1);
      set({ playing: true });
      const tick = () => {
        if (!get().playing || mine !== round) return;
        if (over()) return set({ playing: false });
        if (isFast(get())) return run(mine, end);
        step();
        if (over()) return set({ playing: false });
        timer = setTimeout(tick, 1000 / tempo(get()));
      };
      if (atOnce) tick();
      else timer = setTimeout(tick, 1000 / tempo(get()));
    },
  };
}
