/** What a network learns from: a data set by name, or a table of one's own, looked at before there is a network. */
import { fed, settled } from "../network/ends.js";
import { drawingUp, shown } from "../network/shown.js";
import { MOST_BYTES, bytesOf } from "../network/table.js";

/** New data wait so long for the next keystroke, in milliseconds. */
const PAUSE = 350;
const PICTURED = 120;

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {ReturnType<typeof import("./draft.js").draftActions>} draft */
export function dataActions({ store: { get, set }, api: { networks }, t }, graph, draft) {
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Read the data of the draft: a table, or a data set under other settings than its own.
   * @param {boolean} [fitting]  whether the ends of the network follow */
  async function readData(fitting = true) {
    const mine = (asked += 1);
    clearTimeout(timer);
    const { data } = shown(get());
    const plain = "name" in data && Object.keys(data).length === 1;
    if (plain || ("csv" in data && !data.csv.trim())) return set({ preview: null, reading: false, tableProblem: null });
    set({ reading: true });
    try {
      const preview = await networks.preview(data, PICTURED);
      if (mine !== asked) return;
      const before = get().preview;
      set({ preview, reading: false, tableProblem: preview.problem });
      const build = shown(get());
      if (fitting && preview.x && "csv" in data && !settled(build, before, preview)) await draft.follow(fed(build, preview, data));
    } catch (error) {
      if (mine === asked) set({ preview: null, reading: false, tableProblem: graph.problemOf(error) });
    }
  }

  /** @param {Record<string, any>} data @param {string} [what] */
  async function setData(data, what = "") {
    clearTimeout(timer);
    timer = setTimeout(() => void readData(), what ? PAUSE : 0);
    await draft.redraft({ ...shown(get()), data }, what);
  }

  const tooLarge = () => set({ tableProblem: { title: "", status: 413, pointer: "/data/csv", detail: t("ui.net.tooLarge", { n: MOST_BYTES / 1e6 }) } });
  const again = (/** @type {() => Promise<void>} */ travel) => async () => {
    await travel();
    if (drawingUp(get())) await readData(false);
  };

  return {
    readData, setData,
    /** What was said of the table, once more. */
    async retable() {
      const { preview, tableProblem } = get();
      if (tableProblem?.status === 413 && !preview) tooLarge();
      else if (preview || tableProblem) await readData(false);
    },
    undoDraft: again(draft.undoDraft), redoDraft: again(draft.redoDraft), undoHere: again(draft.undoHere), redoHere: again(draft.redoHere),
    /** @param {string} name "" is a table of one's own */
    async chooseData(name) {
      const row = get().tables?.datasets.find((d) => d.name === name);
      const now = shown(get());
      set({ preview: null, tableProblem: null, tableFile: "" });
      if (row) await draft.redraft(fed(now, row, { name }));
      else if (!("csv" in now.data)) await draft.redraft({ ...now, data: { csv: "" } });
    },
    /** @param {string} csv */
    paste: (csv) => (bytesOf(csv) > MOST_BYTES ? tooLarge() : void setData({ csv }, "csv")),
    /** @param {File} file */
    async readTable(file) {
      if (file.size > MOST_BYTES) return tooLarge();
      const bytes = await file.arrayBuffer();
      const decoded = (/** @type {string} */ encoding, fatal = true) => new TextDecoder(encoding, { fatal }).decode(bytes);
      set({ tableFile: file.name });
      try {
        await setData({ csv: decoded("utf-8") });
      } catch {
        // Spreadsheets still save tables in the encoding of their first years.
        await setData({ csv: decoded("windows-1252", false) });
      }
    },
    /** A few rows of every data set, for its picture. */
    async pictures() {
      const names = get().tables?.datasets.map((d) => d.name) ?? [];
      await Promise.all(names.map(async (name) => {
        if (get().pictures[name]) return;
        try {
          const found = await networks.preview({ name }, PICTURED);
          set({ pictures: { ...get().pictures, [name]: found } });
        } catch {
          // A data set without a picture can be chosen all the same.
        }
      }));
    },
  };
}
