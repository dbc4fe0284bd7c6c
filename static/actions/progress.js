/** What a running training tells, put on the screen: counters, curve, and the graph with the numbers that came along. */
import { followed } from "../network/curve.js";
import { bytesOf, frameOf, redrawn } from "../network/frame.js";

/** The picture of the problem follows a running training at most so often, in milliseconds. */
const FRESH = 400;
/** Drawing takes at most one part of the time in so many, and is never longer away than `PATIENCE` milliseconds. */
const SHARE = 4;
const PATIENCE = 500;

/** @typedef {{at: number, iteration: number}} Begun  when a stream began, and where */

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph @param {import("./sight.js").Sight} sight */
export function progressActions({ store: { get, set }, api: { networks }, t }, graph, sight) {
  /** @type {import("../network/frame.js").Topology | null} */
  let topology = null;
  /** @type {(() => void) | null} the newest event that is not drawn yet */
  let held = null;
  let [pictured, next] = [0, 0];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {import("../network/curve.js").Moment[]} */
  let live = [];

  /** The graph with other numbers; what is drawn in another detail is asked for anew.
   * @param {string | undefined} frame @returns {Partial<import("../state.js").State>} */
  function redrawnBy(frame) {
    const { graph: shown } = get();
    const now = frame && topology && shown ? redrawn(shown, topology, frameOf(bytesOf(frame))) : null;
    return now ? { graph: now, step: now.steps.length, beat: 0 } : {};
  }

  /** How training fares. @param {any} data @param {number} tempo  iterations a second */
  function show({ iteration, epoch, loss, batch, frame }, tempo) {
    const { net, steer, training } = get();
    if (!net || !training) return;
    set({
      net: { ...net, iteration, epoch, loss, batch: batch ?? net.batch, furthest: iteration, stands_at: iteration, phase: "update" },
      at: iteration, live, steer: { ...steer, tempo }, ...redrawnBy(frame),
    });
    if (performance.now() - pictured < FRESH) return;
    pictured = performance.now();
    void sight.repicture();
    if (!topology && !get().pending) void graph.compute();
  }

  /** Draw the newest event once the time for it has come; a slow machine draws fewer of them, and stays quick to the touch. */
  function draw() {
    clearTimeout(timer);
    const now = performance.now();
    if (!held) return;
    if (now < next) timer = setTimeout(draw, next - now);
    else {
      const deed = held;
      held = null;
      deed();
      next = now + Math.min(PATIENCE, SHARE * (performance.now() - now));
    }
  }

  return {
    /** Where the numbers of each pass will stand; whole matrices of whole batches can be drawn from them.
     * @param {import("../network/requests.js").Network} net */
    async prepare(net) {
      const { detail, expand, rows } = get();
      [live, held] = [[], null];
      topology = detail === "tensor" && !expand.length && !rows ? await networks.topology(net.id) : null;
    },
    /** @param {{event: string, data: any}} event @param {Begun} began @returns {string} why it ended, where that is to be said */
    told({ event, data }, began) {
      if (event === "progress") {
        const { iteration, loss, metrics, gradient_norm, dead_units, saturated_units } = data;
        const tempo = (iteration - began.iteration) / Math.max(0.05, (performance.now() - began.at) / 1000);
        live = followed(live, { iteration, loss, metrics, gradient_norm, dead_units, saturated_units });
        held = () => show(data, tempo);
        draw();
      }
      if (event === "error") return t("ui.train.lost");
      return event === "done" && data.stopped && data.stopped !== "nonfinite" ? t(`ui.train.${data.stopped}`) : "";
    },
  };
}
