/** A draft as a program: its leaves are read as one types, as in the editor. */
import { adapted } from "../network/written.js";
import { shown } from "../network/shown.js";

/** @typedef {import("../types.js").Leaf} Leaf */

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {ReturnType<typeof import("./draft.js").draftActions>} draft */
export function writtenActions({ store: { get, set }, api }, graph, draft) {
  /** @type {{text: string | undefined, leaves: Promise<Leaf[] | null>}} the text that was read last */
  let last = { text: undefined, leaves: Promise.resolve(null) };

  /** @param {string} text @returns {Promise<Leaf[] | null>} null where the text cannot be read yet */
  async function read(text) {
    try {
      const { leaves, error } = await api.program(text);
      if (shown(get()).program !== text) return null;
      set({ programLeaves: error ? get().programLeaves : leaves, programProblem: error });
      return error ? null : leaves;
    } catch (error) {
      set({ toast: graph.problemOf(error).detail });
      return null;
    }
  }

  /** The leaves of the draft's program, asked for once per text. */
  function readProgram() {
    const { program: text } = shown(get());
    if (text !== undefined && text !== last.text) last = { text, leaves: read(text) };
    return last.leaves;
  }

  /** @param {import("../network/draft.js").Draft} build @param {string} what */
  async function write(build, what) {
    const before = get().programLeaves;
    await draft.redraft(build, what);
    const leaves = await readProgram();
    const now = shown(get());
    if (leaves && now.program === build.program) await draft.redraft(adapted(now, leaves, before), what);
  }

  return {
    readProgram,
    /** What the server says of the text, once more. */
    rereadProgram() {
      last = { text: undefined, leaves: last.leaves };
      return readProgram();
    },
    /** @param {string} program */
    editProgram: (program) => write({ ...shown(get()), program }, "program"),
    /** Train a leaf, or leave it as it is. @param {string} name @param {boolean} on */
    async trainLeaf(name, on) {
      const now = shown(get());
      const rest = (now.trainable ?? []).filter((n) => n !== name);
      await draft.redraft(adapted({ ...now, trainable: on ? [...rest, name] : rest }, get().programLeaves, get().programLeaves));
    },
    /** Begin with this program. @param {import("../network/written.js").Written} written */
    async writeProgram(written) {
      set({ programLeaves: [] });
      await write({ ...shown(get()), trainable: undefined, shapes: undefined, ...written }, "written");
    },
  };
}
