/** What an answer was about: an exercise or a lesson's scene as they were given, or else the graph itself. */
import { spec } from "../actions/graph.js";
import { arrayOf } from "../linked.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../types.js").Config} Config */
/** @typedef {import("../types.js").Graph} Graph */
/** @typedef {{program: string, values: Record<string, any>, constants?: string[], update?: {learning_rate: number, parameters: string[]}, detail?: string, expand?: string[]}} Asked  a graph that anybody can compute anew */

/** A graph that takes more characters is not written down. */
export const LONGEST = 8000;
/** What an update has that is plain descent. */
const PLAIN = "g learning_rate p step_taken new_p";

/** Where the state stands; null where it cannot be written down. @param {State} s @param {Config} config @param {string} kind  of the question */
export function placeOf(s, config, kind) {
  const { exercise, lesson } = config;
  const scene = lesson?.scenes[s.scene];
  const given = exercise ?? (scene && lesson?.graphs[scene.graph]);
  if (given && !s.network && s.detail === "tensor" && !s.expand.length && plain(given) === plain(spec(s))) {
    return exercise ? { exercise: { template: exercise.template, level: exercise.level, seed: exercise.seed } } : { lesson: lesson?.slug, scene: scene?.id };
  }
  const { drawn } = s.asking;
  if (lesson && given && drawn && !s.network && s.detail === "tensor" && !s.expand.length && plain({ ...given, values: drawn.values }) === plain(spec(s))) {
    return { lesson: lesson.slug, scene: scene?.id, seed: drawn.seed };
  }
  const graph = s.network ? passOf(s, kind) : programOf(s);
  return graph && JSON.stringify(graph).length <= LONGEST ? { graph } : null;
}

/** @param {any} one */
const plain = (one) => JSON.stringify([one.program, one.values, one.constants?.length ? one.constants : [], one.update?.learning_rate, one.update?.parameters]);

/** @param {State} s @returns {Asked} */
function programOf(s) {
  const { labels: _, ...asked } = spec(s);
  return JSON.parse(JSON.stringify(asked));
}

/** The pass of a network as a program with values: what it read, its parameters as they were. @param {State} s @param {string} kind @returns {Asked | null} */
function passOf({ graph, expand }, kind) {
  if (!graph || graph.detail === "layer") return null;
  const leaves = graph.nodes.filter((node) => node.op === null && !node.folded);
  const names = [...new Set(leaves.map((node) => node.element?.node ?? node.id))];
  const values = Object.fromEntries(names.map((name) => [name, arrayOf(graph, name)]));
  if (Object.values(values).some((value) => value === null)) return null;
  const constants = names.filter((name) => leaves.some((node) => (node.element?.node ?? node.id) === name && node.grad === null));
  const update = updateOf(graph);
  if (kind === "update" && !update) return null;
  return {
    program: graph.program, values, constants, ...(update ? { update } : {}),
    ...(graph.detail === "scalar" ? { detail: "scalar" } : expand.length ? { expand } : {}),
  };
}

/** How the parameters are moved, where that is plain descent. @param {Graph} graph */
function updateOf({ updates }) {
  const rate = updates[0]?.terms?.find((term) => term.name === "learning_rate")?.value;
  if (typeof rate !== "number" || updates.some((one) => one.terms?.map((term) => term.name).join(" ") !== PLAIN)) return null;
  return { learning_rate: rate, parameters: [...new Set(updates.map((one) => one.parameter.split("[")[0]))] };
}
