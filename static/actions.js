/** What a person can do: each action reads the state and sets the next one. */
import { ApiError } from "./api.js";
import { graphState, viewState } from "./lesson.js";
import { back, forward } from "./player.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Snapshot} Snapshot */

const DIGITS = [3, 4, 6, null];
const REMEMBERED = 60;

/**
 * @param {{get: () => State, set: (change: Partial<State>) => void}} store
 * @param {ReturnType<typeof import("./api.js").client>} api
 * @param {import("./types.js").Config} config
 * @param {(key: string, params?: Record<string, string | number>) => string} t
 */
export function createActions(store, api, config, t) {
  const { get, set } = store;
  let asked = 0;
  let dragging = false;
  /** @type {Snapshot | null} what the graph on the stage was computed from */
  let settled = null;
  /** @type {AbortController | null} */
  let running = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {State} s @returns {import("./types.js").GraphSpec} */
  const spec = (s) => ({
    program: s.program,
    values: s.values,
    constants: s.constants.length ? s.constants : undefined,
    labels: Object.keys(s.labels).length ? s.labels : undefined,
    update: s.update.length ? { learning_rate: s.rate, parameters: s.update } : undefined,
  });

  /** @param {unknown} error */
  const problemOf = (error) => {
    if (error instanceof ApiError) {
      return error.problem.status ? error.problem : { ...error.problem, detail: t("ui.offline") };
    }
    throw error;
  };

  /** Ask for the graph of the present program and values; on failure what the stage shows stands
   * again, and what `undo` says. @param {Partial<State>} [undo] */
  async function compute(undo) {
    const mine = (asked += 1);
    running?.abort();
    running = new AbortController();
    const wanted = snapshot();
    set({ pending: true });
    try {
      const graph = await api.graph(spec(get()), get().lang, running.signal);
      if (mine !== asked) return;
      const step = Math.min(get().step, graph.steps.length);
      const beat = step < graph.steps.length ? get().beat : 0;
      const select = graph.nodes.some((n) => n.id === get().select) ? get().select : "";
      settled = wanted;
      set({ graph, pending: false, problem: null, step, beat, select });
    } catch (error) {
      if (mine !== asked) return;
      const problem = problemOf(error);
      const restored = undo && settled ? { ...settled, ...undo } : {};
      set({ ...restored, pending: false, problem, toast: undo ? problem.detail : "" });
    }
  }

  /** @returns {Snapshot} */
  const snapshot = () => {
    const { program, values, constants, labels, rate, update, iteration, history } = get();
    return { program, values, constants, labels, rate, update, iteration, history };
  };

  /** Change what is computed, remembering what was. @param {Partial<State>} change */
  async function edit(change) {
    const before = snapshot();
    const past = [...get().past, before].slice(-REMEMBERED);
    set({ ...change, past, future: [] });
    await compute({ past: get().past.slice(0, -1) });
  }

  /** @param {"past" | "future"} from @param {"past" | "future"} to */
  async function travelHistory(from, to) {
    const list = get()[from];
    const target = list.at(-1);
    if (!target) return;
    set({ ...target, draft: target.program, [from]: list.slice(0, -1), [to]: [...get()[to], snapshot()] });
    await compute();
  }

  const scenes = config.lesson?.scenes ?? [];
  const scene = () => scenes[get().scene] ?? null;
  const total = () => get().graph?.steps.length ?? 0;
  const sceneEnd = () => Math.min(scene()?.to ?? total(), total());

  /** @param {number} index @param {"from" | "to"} side */
  async function openScene(index, side) {
    const next = scenes[index];
    const graph = config.lesson?.graphs[next.graph];
    if (!graph) return;
    const same = scenes[get().scene]?.graph === next.graph && get().graph;
    const view = next.view ?? {};
    set({
      scene: index, beat: 0, camera: null, playing: false, editing: "", slides: false,
      ...viewState(next), ...(get().revealChosen ? { beats: get().beats } : {}),
      ...(same ? {} : { ...graphState(graph), draft: graph.program, history: [], iteration: 0 }),
    });
    if (!same) await compute();
    set({ step: side === "from" ? Math.min(next.from ?? 0, total()) : sceneEnd(), symbols: view.symbols ? (side === "to" ? 2 : 1) : 0 });
  }

  const actions = {
    compute, edit, openScene,
    undo: () => travelHistory("past", "future"),
    redo: () => travelHistory("future", "past"),

    stepForward() {
      const s = get();
      if (!s.graph) return;
      const atEnd = s.beat === 0 && s.step === sceneEnd();
      if (atEnd && s.symbols === 1) return set({ symbols: 2 });
      if (atEnd && s.scene + 1 < scenes.length) return void openScene(s.scene + 1, "from");
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
    restart: () => actions.stop(() => actions.goTo(0)),
    toEnd: () => actions.stop(() => actions.goTo(total())),
    /** @param {() => void} then */
    stop(then) {
      clearTimeout(timer);
      set({ playing: false });
      then();
    },
    play() {
      if (get().playing) return actions.stop(() => {});
      if (get().step >= total()) actions.goTo(0);
      set({ playing: true });
      const tick = () => {
        if (!get().playing) return;
        actions.stepForward();
        if (get().step >= total() && get().beat === 0) return set({ playing: false });
        timer = setTimeout(tick, 1300 / get().speed);
      };
      tick();
    },
    /** @param {string} id @param {import("./types.js").Numbers} value */
    setValue: (id, value) => edit({ values: { ...get().values, [id]: value } }),
    /** A slider on the move: recompute at once, remember only where it began.
     * @param {string} id @param {number} value @param {boolean} last */
    async drag(id, value, last) {
      if (!dragging) set({ past: [...get().past, snapshot()].slice(-REMEMBERED), future: [] });
      dragging = !last;
      set({ values: { ...get().values, [id]: value } });
      await compute({});
    },
    /** @param {string} id @param {boolean} data */
    setRole(id, data) {
      const s = get();
      const constants = data ? [...s.constants, id] : s.constants.filter((c) => c !== id);
      return edit({ constants, update: data ? s.update.filter((u) => u !== id) : s.update });
    },
    /** Put the new weights into the leaves and keep a row of what was. */
    async nextIteration() {
      const s = get();
      const updates = s.graph?.updates ?? [];
      if (!s.graph || !updates.length || s.pending) return;
      const weights = Object.fromEntries(updates.map((u) => [u.parameter, u.old]));
      const row = { iteration: s.iteration, weights, loss: s.graph.value };
      const fresh = Object.fromEntries(updates.map((u) => [u.parameter, u.new]));
      const history = [...s.history, row].slice(-500);
      await edit({ values: { ...s.values, ...fresh }, history, iteration: s.iteration + 1 });
    },
    cycleDigits() {
      const at = DIGITS.indexOf(get().digits);
      set({ digits: DIGITS[(at + 1) % DIGITS.length] });
    },
    /** @param {string} id */
    select: (id) => set({ select: id }),
    /** @param {string} program  @param {Record<string, import("./types.js").Numbers>} values */
    run: (program, values) =>
      edit({ program, values, step: 0, beat: 0, problem: null, history: [], iteration: 0, camera: null }),
    /** Move one leaf or node by ±h and see what the output does. @param {string} node @param {number} h @param {number[]} index */
    async nudge(node, h, index) {
      set({ nudge: { node, h, result: null, open: true } });
      try {
        const answer = await api.graph({ ...spec(get()), nudge: { node, h, index } }, get().lang);
        if (get().nudge.node === node) set({ nudge: { node, h, result: answer.nudge ?? null, open: true } });
      } catch (error) {
        set({ toast: problemOf(error).detail });
      }
    },
    /** Read a program that came with an address; a leaf without a value has the value 1. @param {string} program */
    async open(program) {
      await actions.look(program);
      const { leaves, values } = get();
      const bare = leaves.filter((l) => l.default === null && !(l.name in values));
      if (bare.length) set({ values: { ...values, ...Object.fromEntries(bare.map((l) => [l.name, 1])) } });
    },
    /** Turn to a tab; the table of rules is fetched when it is first looked at. @param {string} tab */
    async show(tab) {
      set({ tab });
      if (tab !== "rules" || get().ops.length) return;
      try {
        set({ ops: (await api.ops()).items });
      } catch (error) {
        set({ toast: problemOf(error).detail });
      }
    },
    /** What the program in the editor needs. @param {string} draft */
    async look(draft) {
      set({ draft });
      try {
        const answer = await api.program(draft);
        if (get().draft === draft) set({ leaves: answer.leaves, draftProblem: answer.error });
      } catch (error) {
        set({ toast: problemOf(error).detail });
      }
    },
  };
  return actions;
}
