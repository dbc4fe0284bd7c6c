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
  let [glanced, step, moved] = [-Infinity, -1, -Infinity];

  /** Once the first picture of a graph is on the screen. @param {State["graph"]} graph */
  const follow = (graph) => requestAnimationFrame(() => setTimeout(() => {
    if (pictured === graph) return;
    pictured = graph;
    draw();
  }, SHOWN));

  /** Asked at every drawing. @param {State} state @param {boolean} placed  whether the graph has its places
   * @returns {{calm: boolean, opening: boolean, waiting: boolean}} `opening`: its first picture is still to come; `waiting`: what stands around it will be drawn soon */
  return function paced(state, placed) {
    const now = performance.now();
    const { graph } = state;
    const many = (graph?.nodes.length ?? 0) > MANY;
    const opening = many && graph !== pictured;
    const dragged = many && now - moved < REST && !hurried(state);
    if (state.step !== step) [step, moved] = [state.step, now];
    const busy = opening || ((dragged || hurried(state)) && now - glanced < GLANCE);
    clearTimeout(timer);
    if (opening && placed) follow(graph);
    else if (busy && dragged) timer = setTimeout(draw, REST);
    if (!many) pictured = graph;
    if (!busy) glanced = now;
    return { calm: !busy, opening, waiting: opening || (busy && dragged) };
  };
}
