/** Asking a step before it is shown: opening its question, judging what was typed, going on. */
import { due, keyOf, waiting } from "../ask/due.js";
import { note } from "../practice/progress.js";
import { fadingActions } from "./fading.js";
import { spec } from "./graph.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../ask/due.js").Question} Question */
/** @typedef {string | string[] | string[][]} Typed */

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {() => void} onward  one press without any asking @param {(step: number) => void} goTo */
export function askingActions(tools, graph, onward, goTo) {
  const { store: { get, set }, api, config } = tools;
  const scene = () => config.lesson?.scenes[get().scene] ?? null;
  const end = () => Math.min(scene()?.to ?? Infinity, get().graph?.steps.length ?? 0);
  /** @param {Partial<import("../ask/asking.js").Asking>} change */
  const put = (change) => set({ asking: { ...get().asking, ...change } });
  const fading = fadingActions(tools, graph, () => goTo(scene()?.from ?? 0));
  const fresh = { key: "", attempt: 1, verdict: null, busy: false };

  /** The question is done with, and the step goes on. @param {Question} q @param {boolean} alone  whether the learner did it @param {string} [said] */
  function settle(q, alone, said) {
    const { asking } = get();
    const missed = alone || asking.missed.includes(keyOf(q)) ? asking.missed : [...asking.missed, keyOf(q)];
    put({ ...fresh, done: [...asking.done, keyOf(q)], missed, next: -1, settled: null });
    const s = get();
    if (q.kind !== "next" && !due(s, scene())) onward();
    else if (q.kind === "next") press();
    if (said) put({ settled: { said, step: get().step, beat: get().beat } });
    if (due(get(), scene())) set({ playing: false });
  }

  function press() {
    const s = get();
    if (s.beat === 0 && s.step >= end() && s.ask === "fading" && s.graph && fading.fade()) return;
    const left = s.step < end() && s.beat === 0 ? waiting(s, scene()) : [];
    if (left[0]?.kind === "next") put({ next: s.step });
    else if (left.length && !s.beats) set({ beat: 1, editing: "" });
    else onward();
    if (due(get(), scene())) set({ playing: false });
  }

  /** @param {Question} q @param {Typed} answer @param {boolean} show */
  async function judge(q, answer, show) {
    const s = get();
    if (s.asking.busy) return;
    const attempt = s.asking.key === keyOf(q) ? s.asking.attempt : 1;
    put({ busy: true });
    try {
      const { kind, step, cell } = q;
      const verdict = await api.answer({ ...place(s), question: { kind, step, cell: cell ?? undefined }, answer, show, attempt, language: s.lang });
      note(s, config, q, show ? null : answer, verdict);
      if (due(get(), scene())?.step !== step) return put({ busy: false });
      if (verdict.right) return settle(q, true, verdict.said);
      const missed = get().asking.missed;
      const count = verdict.unreadable ? 0 : 1;
      put({ busy: false, verdict, key: keyOf(q), attempt: attempt + count, missed: verdict.worked ? [...missed, keyOf(q)] : missed });
    } catch (error) {
      put({ busy: false });
      set({ toast: graph.problemOf(error).detail });
    }
  }

  document.addEventListener("keydown", (event) => {
    if (!due(get(), scene()) || typed(event) || event.key !== "Escape") return;
    if (!document.activeElement?.closest(".ask-card, input, textarea, select, dialog")) act.askOn();
  }, true);

  const act = {
    /** One press forward: an open question is revealed, the next one is asked. */
    askOn() {
      if (fading.drawing()) return;
      const drawn = fading.recall();
      if (drawn) return void drawn.then(() => act.askOn());
      const open = due(get(), scene());
      if (open) {
        note(get(), config, open, null, null);
        return settle(open, false);
      }
      put({ settled: null });
      press();
    },
    /** @param {Typed} answer */
    check(answer) {
      const open = due(get(), scene());
      if (open) return judge(open, answer, false);
    },
    showAnswer() {
      const open = due(get(), scene());
      if (open) return judge(open, "", true);
    },
  };
  return act;
}

/** A digit typed anywhere goes into the open card; every other key does what it does. @param {KeyboardEvent} event @returns {boolean} */
function typed(event) {
  const field = document.querySelector(".ask-card input");
  if (!(field instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9,(−-]$/.test(event.key)) return false;
  if (document.activeElement?.closest("input:not([type=range]), textarea, select")) return false;
  field.focus();
  event.stopPropagation();
  return true;
}

/** What the question is about, as it was computed. @param {State} s */
const place = (s) => (s.network
  ? { network: { id: s.network, iteration: s.at >= 0 ? s.at : undefined, rows: s.rows ? s.rows.split(",").map(Number) : undefined, detail: s.detail === "scalar" ? "scalar" : "tensor", expand: s.expand } }
  : { graph: spec(s) });
