/** The editor's draft, the tables that are fetched when first looked at, and what is only looked at. */

const DIGITS = [3, 4, 6, null];

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph */
export function readingActions({ store: { get, set }, api }, graph) {
  /** What the program in the editor needs. @param {string} draft */
  async function look(draft) {
    set({ draft });
    try {
      const answer = await api.program(draft);
      if (get().draft === draft) set({ leaves: answer.leaves, draftProblem: answer.error });
    } catch (error) {
      set({ toast: graph.problemOf(error).detail });
    }
  }

  return {
    look,
    /** @param {string} program  @param {Record<string, import("../types.js").Numbers>} values */
    run: (program, values) =>
      graph.edit({ program, values, step: 0, beat: 0, problem: null, history: [], iteration: 0, camera: null, expand: [] }),
    /** Read a program that came with an address; a leaf without a value has the value 1. @param {string} program */
    async open(program) {
      await look(program);
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
        set({ toast: graph.problemOf(error).detail });
      }
    },
    /** @param {string} id */
    select: (id) => set({ select: id }),
    cycleDigits() {
      const at = DIGITS.indexOf(get().digits);
      set({ digits: DIGITS[(at + 1) % DIGITS.length] });
    },
  };
}
