/** When what stands around the stage is drawn: after the picture of a large graph, now and then while steps go by quickly, and exact at rest. */
import { hurried } from "./tempo.js";

/** @typedef {import("./state.js").State} State */

/** Nodes of a graph that is large: what stands around it takes its time from the picture. */
export const MANY = 100;
/** In milliseconds: how often it follows steps that go by quickly, when a playhead that was dragged rests, and when a picture is on the screen. */
const GLANCE = 250;
const REST = 110;
const SHOWN = 20;

/** @param {() => void} draw */
export function createPace(draw) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {State["graph"]} */
  let pictured = null;
  let [glanced, step, moved, turn] = [-Infinity, -1, -Infinity, 0];

  /** Once the first picture of a graph is on the screen. @param {State["graph"]} graph */
  const follow = (graph) => requestAnimationFrame(() => setTimeout(() => {
    if (pictured === graph) return;
    pictured = graph;
    draw();
  }, SHOWN));

  /** Asked at every drawing. @param {State} state @param {boolean} placed  whether the graph has its places
   * @returns {{calm: boolean, part: "all" | "told" | "ways", dragged: boolean, quick: boolean, waiting: boolean}} `part`: of the ledger, what a step says or the ways
   *   that lead to it, in turns as steps play; while they are dragged the ways wait for the rest; `quick`: what is out of sight can wait; `waiting`: what stands around the stage will be drawn soon */
  return function paced(state, placed) {
    const now = performance.now();
    const { graph } = state;
    const many = (graph?.nodes.length ?? 0) > MANY;
    const opening = many && graph !== pictured;
    if (Math.abs(state.step - step) > 1) moved = now;
    const dragged = many && now - moved < REST && !hurried(state);
    if (state.step !== step) [step, moved] = [state.step, now];
    const going = dragged || (many && hurried(state));
    const busy = opening || ((dragged || hurried(state)) && now - glanced < GLANCE);
    clearTimeout(timer);
    if (opening && placed) follow(graph);
    else if (dragged) timer = setTimeout(draw, REST);
    if (!many) pictured = graph;
    // The first glance of a drag tells what the step does, whatever was drawn before it.
    if (!busy) [glanced, turn] = [now, going ? 1 - turn : 0];
    return { calm: !busy, part: !going ? "all" : dragged || turn ? "told" : "ways", dragged, quick: opening || going, waiting: opening || (busy && dragged) };
  };
}
