/** Values, roles, the next iteration, Nudge, and how far matrices are taken apart. */
import { nodeOf } from "../indexed.js";
import { elementOf } from "../network/element.js";
import { layerOf } from "../network/layer.js";
import { sameMoment } from "../moment.js";
import { spec } from "./graph.js";

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph */
export function valueActions({ store: { get, set }, api }, graph) {
  let dragging = false;

  /** Draw a layer as one card, or its matrices again. @param {string} layer */
  function collapse(layer) {
    const { collapse, graph: before, step, select } = get();
    const together = collapse.includes(layer);
    const own = before && nodeOf(before, together ? layer : select);
    const chosen = together ? own?.layer?.output ?? select : layer;
    return graph.edit({ collapse: together ? collapse.filter((one) => one !== layer) : [...collapse, layer], select: chosen, camera: null }, (after) => (before ? sameMoment(before, step, after) : null));
  }

  return {
    /** @param {string} id @param {import("../types.js").Numbers} value */
    setValue: (id, value) => graph.edit({ values: { ...get().values, [id]: value } }),
    /** A slider on the move: recompute at once, remember only where it began.
     * @param {string} id @param {number} value @param {boolean} last */
    async drag(id, value, last) {
      if (!dragging) graph.mark();
      dragging = !last;
      set({ values: { ...get().values, [id]: value } });
      await graph.compute({});
    },
    /** @param {string} id @param {boolean} data */
    setRole(id, data) {
      const s = get();
      const constants = data ? [...s.constants, id] : s.constants.filter((c) => c !== id);
      return graph.edit({ constants, update: data ? s.update.filter((u) => u !== id) : s.update });
    },
    /** Put the new weights into the leaves and keep a row of what was. */
    async nextIteration() {
      const s = get();
      const updates = s.graph?.updates ?? [];
      if (!s.graph || !updates.length || s.pending || s.detail === "scalar") return;
      const weights = Object.fromEntries(updates.map((u) => [u.parameter, u.old]));
      const row = { iteration: s.iteration, weights, loss: s.graph.value };
      const fresh = Object.fromEntries(updates.map((u) => [u.parameter, u.new]));
      const history = [...s.history, row].slice(-500);
      await graph.edit({ values: { ...s.values, ...fresh }, history, iteration: s.iteration + 1 });
    },
    /** Take a node or one element of it apart into numbers, or put it together again; the playhead stays where it was.
     * @param {string} id */
    takeApart(id) {
      const { expand, select, graph: before, step } = get();
      const apart = expand.includes(id);
      const others = expand.filter((e) => e !== id && elementOf(e).name !== id);
      const whole = before && nodeOf(before, select)?.element?.node;
      return graph.edit({ expand: apart ? others : [...others, id], select: whole || select, camera: null }, (after) => (before ? sameMoment(before, step, after) : null));
    },
    collapse,
    /** The same for the layer of a node, by default of the chosen one or of the one at work. @param {string} id
     * @returns {Promise<string>} what is chosen then; "" where nothing came of it */
    async collapseAt(id) {
      const { graph: shown, step, select, network, detail } = get();
      const layer = shown && network && detail === "tensor" ? layerOf(nodeOf(shown, id || select || shown.steps[step - 1]?.node)) : "";
      if (!layer) return "";
      set({ select: id || select });
      await collapse(layer);
      return get().select;
    },
    /** Every element a node of its own, or whole matrices. @param {"tensor" | "scalar" | "layer"} detail */
    setDetail: (detail) => graph.edit({ detail, expand: [], step: 0, beat: 0, camera: null }),
    /** Move one leaf or node by ±h and see what the output does. @param {string} node @param {number} h @param {number[]} index */
    async nudge(node, h, index) {
      set({ nudge: { node, h, result: null, open: true } });
      try {
        const answer = await api.graph({ ...spec(get()), told: { start: 0, count: 1 }, nudge: { node, h, index } }, get().lang);
        if (get().nudge.node === node) set({ nudge: { node, h, result: answer.nudge ?? null, open: true } });
      } catch (error) {
        set({ toast: graph.problemOf(error).detail });
      }
    },
  };
}
