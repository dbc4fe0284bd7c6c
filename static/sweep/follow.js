/** A sweep that is followed: its table and its stream, as long as it is shown and however the server fares. */
import { events } from "../network/stream.js";
import { underWay } from "./swept.js";

/** A table is asked for so often, in milliseconds, and a server that does not answer so many seconds later. */
const PAUSE = 400;
const SOONEST = 1;
const LATEST = 15;
/** Answers that another try may turn: none at all, too many requests, and what a server has for a while. */
const PASSING = [0, 429, 500, 502, 503, 504];

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
const pause = (ms, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
});

/** @param {Pick<import("../actions/graph.js").Tools, "store" | "api" | "t">} tools @param {Pick<import("../actions/graph.js").GraphActions, "problemOf">} graph
 * @param {(change: Partial<import("./swept.js").Swept>) => void} put */
export function follower({ store: { get }, api: { networks: { sweeps } }, t }, graph, put) {
  /** @type {AbortController | null} */
  let watching = null;
  function stop() {
    watching?.abort();
    watching = null;
  }

  /** The table as it stands, with its curves. @param {string} id @param {AbortSignal} signal @returns {Promise<boolean>} whether it goes on */
  async function look(id, signal) {
    const answer = await sweeps.get(id, signal);
    if (!signal.aborted) put({ answer, lost: "", problem: "" });
    return underWay(answer);
  }

  /** Follow the stream to its end. The table is asked for while runs end, one time after the other. @param {string} id @param {AbortSignal} signal */
  async function listen(id, signal) {
    /** @type {Promise<unknown>} */
    let looking = Promise.resolve();
    let busy = false;
    const response = await sweeps.stream(id, signal);
    if (!response.body) return;
    for await (const { event, data } of events(response.body)) {
      const { answer } = get().swept;
      if (signal.aborted || event === "done" || !answer) return void (await looking);
      put({ answer: { ...answer, state: data.state, done: data.done } });
      if (busy) continue;
      busy = true;
      looking = pause(PAUSE, signal).then(() => look(id, signal)).catch(() => {}).finally(() => { busy = false; });
    }
    await looking;
  }

  /** Follow a sweep until nothing more comes of it; a server that is away is asked again. @param {string} id */
  async function watch(id) {
    stop();
    const mine = (watching = new AbortController());
    for (let wait = SOONEST; !mine.signal.aborted; wait = Math.min(LATEST, wait * 2)) {
      try {
        if (!(await look(id, mine.signal))) return;
        wait = SOONEST;
        await listen(id, mine.signal);
        if (!(await look(id, mine.signal))) return;
      } catch (error) {
        if (mine.signal.aborted) return;
        const { status, detail, wait: asked = wait } = graph.problemOf(error);
        if (!PASSING.includes(status)) return put({ problem: detail, lost: "" });
        wait = asked;
        put({ lost: t("ui.sweep.lost", { said: detail, n: wait }) });
      }
      await pause(wait * 1000, mine.signal);
    }
  }

  return { watch, stop };
}
