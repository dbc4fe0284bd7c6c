/** What a lesson's scene stands for as state of the page. */

/** @typedef {import("./state.js").State} State */

/** @param {import("./types.js").GraphSpec} graph @returns {Partial<State>} */
export const graphState = (graph) => ({
  program: graph.program,
  values: graph.values ?? {},
  constants: graph.constants ?? [],
  labels: graph.labels ?? {},
  rate: graph.update?.learning_rate ?? 0.1,
  update: graph.update?.parameters ?? [],
  detail: graph.detail ?? "tensor",
  expand: graph.expand ?? [],
});

/** How a scene is looked at when it opens. @param {import("./types.js").Scene} scene
 * @returns {Partial<State>} */
export const viewState = ({ view = {} }) => ({
  beats: (view.reveal ?? "beats") === "beats",
  symbols: view.symbols ? 1 : 0,
  tab: view.tab ?? "ledger",
  select: view.select ?? "",
});

/** @param {import("./types.js").Lesson | null} lesson @param {number} index @returns {Partial<State>} */
export function sceneState(lesson, index) {
  const scene = lesson?.scenes[index];
  const graph = scene && lesson?.graphs[scene.graph];
  if (!scene || !graph) return {};
  const ask = lesson?.scenes.some((s) => s.ask) ? "lesson" : "off";
  return { ...graphState(graph), ...viewState(scene), ask, step: scene.from ?? 0 };
}
