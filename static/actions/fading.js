/** Fading: the rounds of an example, each with one more step for the learner, and with numbers of its own. */
import { ApiError } from "../api.js";
import { AT_EASE } from "../ask/asking.js";
import { planned } from "../ask/due.js";
import { nameOf, nextLevel, printRound, readRound } from "../ask/fading.js";
import { keepSetting, keptSetting } from "../settings.js";

/** So many draws until the numbers are not those of the round before. */
const DRAWS = 4;

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph @param {() => void} restart */
export function fadingActions({ store: { get, set }, api, config, t }, graph, restart) {
  const scene = () => config.lesson?.scenes[get().scene] ?? null;
  const given = () => config.lesson?.graphs[scene()?.graph ?? ""]?.values;
  let drawing = false;

  /** Ask for the numbers of a round; an example of which there are no others keeps its own. @param {number} round */
  async function draw(round) {
    const { program, constants, values: before, network } = get();
    if (network || scene()?.widget === "slides") return;
    drawing = true;
    try {
      for (let tries = 0; tries < DRAWS; tries++) {
        const seed = round + tries * 1000;
        const { values } = await api.variant({ program, values: given() ?? before, constants, seed });
        if (JSON.stringify(values) === JSON.stringify(before)) continue;
        set({ values, iteration: 0, history: [], asking: { ...get().asking, drawn: { seed, values } } });
        return await graph.compute();
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    } finally {
      drawing = false;
    }
  }

  /** Show the numbers that the lesson has. */
  async function asGiven() {
    set({ values: given() ?? get().values, iteration: 0, history: [] });
    await graph.compute();
  }

  return {
    drawing: () => drawing,
    /** Take up the round of this example when the steps are faded. @returns {Promise<void> | null}  until its numbers are there */
    recall() {
      const { ask, asking, program } = get();
      const name = nameOf(config.lesson?.slug ?? "", scene()?.id ?? "", program);
      if (ask !== "fading" || asking.kept === name) return null;
      const { level, round } = readRound(keptSetting(name) ?? "");
      set({ asking: { ...AT_EASE, kept: name, level, round } });
      return round > 0 ? draw(round) : asking.drawn && config.lesson ? asGiven() : null;
    },
    /** At the end of a faded example: one more step is left to who did these alone; who did not tries again where nothing follows. @returns {boolean} */
    fade() {
      const s = get();
      const most = planned({ ...s, asking: { ...s.asking, level: Infinity } }, scene()).length;
      const { level, missed, kept } = s.asking;
      const alone = missed.length === 0;
      const next = nextLevel(level, alone, most);
      if (next === level && (alone || config.lesson)) return false;
      const round = s.asking.round + 1;
      keepSetting(kept, printRound({ level: next, round }));
      set({ asking: { ...AT_EASE, kept, level: next, round, drawn: s.asking.drawn } });
      restart();
      set({ playing: false, toast: t(next === level ? "ui.ask.fadedAgain" : next === most ? "ui.ask.fadedAll" : next === 1 ? "ui.ask.fadedOne" : "ui.ask.faded", { n: next }) });
      void draw(round);
      return true;
    },
  };
}
