/** Settings by slider or by number, beside the training: each move of a hand is one change, which an undo takes back. */
import { shown } from "../network/shown.js";

const REMEMBERED = 60;

/** @param {import("./graph.js").Tools} tools @param {ReturnType<typeof import("./network.js").networkActions>} network */
export function steeringActions({ store: { get, set } }, network) {
  let moved = false;

  return {
    /** @param {Record<string, any>} change  as PATCH takes it @param {boolean} [moving]  a slider that is not let go yet */
    steerSetting(change, moving = false) {
      if (!moved) set({ buildPast: [...get().buildPast, shown(get())].slice(-REMEMBERED), buildFuture: [] });
      moved = moving;
      network.steerTraining(change, moving);
    },
  };
}
