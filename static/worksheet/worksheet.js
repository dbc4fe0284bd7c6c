/** A worksheet: graphs with blanks for paper, as many variants as are wished, printed by the browser. */
import { render } from "../vendor/lit-html/lit-html.js";
import { spec } from "../actions/graph.js";
import { client } from "../api.js";
import { number } from "../format.js";
import { printed } from "../figures/pages.js";
import { answersOf, blanksOf, unknown, updatesOf } from "./blanks.js";
import { boxedOf, pictureOf, placedOn } from "./picture.js";
import { sheets } from "./sheets.js";

/** @typedef {import("../views/context.js").Context} Context */
/** @typedef {import("../types.js").GraphSpec} GraphSpec */
/** @typedef {{name: string, address: string, graph: GraphSpec}} Wanted */
/** @typedef {{blank?: string, seeds?: string, variants?: string}} Asked  `seeds` of the exercise, or `variants` as JSON: a seed and values each */

/** A drawing on more sheets than these is none to be filled in. */
const MOST = 12;

/** @param {Context} c @param {import("../figures/files.js").Told} told @param {Asked} asked @returns {Promise<null>} */
export async function printWorksheet(c, told, { blank = "all", seeds = "", variants = "" }) {
  const { config, state, t } = c;
  const api = client(config.api, () => state.lang);
  const all = await (config.exercise ? exercises(c, seeds) : programs(c, variants));
  const found = [];
  for (const [i, { name, address, graph: asked }] of all.entries()) {
    await told(i, all.length);
    const graph = await api.graph(asked, state.lang);
    const wrong = unknown(graph, blank);
    if (wrong.length) throw new Error(t("ui.worksheet.unknown", { names: wrong.join(", ") }));
    found.push({ name, address, rate: asked.update?.learning_rate ?? null, ...(await drawnOn(c, graph, blank)) });
  }
  const host = document.createElement("div");
  host.className = "print-pages worksheet";
  const title = config.exercise?.title[state.lang] ?? config.lesson?.title[state.lang] ?? t("ui.worksheet");
  render(sheets(found, title, t, (x) => number(x, null, state.lang).text), host);
  printed(host);
  return null;
}

/** @param {Context} c @param {import("../types.js").Graph} graph @param {string} blank */
async function drawnOn(c, graph, blank) {
  const { digits, lang } = c.state;
  const updates = blank === "values" ? [] : updatesOf(graph, digits, lang);
  const program = graph.program.split(/; |\n/).filter((line) => line.trim());
  const told = { task: c.t("ui.worksheet.task"), program, updates };
  const place = await placedOn(graph, told);
  if (place.pieces.length > MOST) throw new Error(c.t("ui.worksheet.large", { n: place.pieces.length, most: MOST }));
  const blanks = blanksOf(graph, blank);
  const boxes = await boxedOf(graph, told, place, blanks);
  const draw = (/** @type {boolean} */ filled) => pictureOf(c, graph, told, place, boxes, filled);
  const without = new Map([...blanks].filter(([id]) => !boxes.has(id)));
  return { program, updates, place, empty: await draw(false), filled: await draw(true), beside: answersOf(graph, without, digits, lang) };
}

/** @param {Context} c @param {string} seeds @returns {Promise<Wanted[]>} */
async function exercises({ config, state, t }, seeds) {
  const { exercise } = config;
  if (!exercise) return [];
  const api = client(config.api, () => state.lang);
  const numbers = seeds ? seeds.split(",").map(Number) : [exercise.seed];
  return Promise.all(numbers.map(async (seed) => {
    const { program, values, constants, update, address } = await api.exercise(exercise.template, exercise.level, seed);
    return { name: t("ui.worksheet.variant", { n: seed }), address, graph: { program, values, constants, update: update ?? undefined } };
  }));
}

/** @param {Context} c @param {string} variants @returns {Wanted[]} */
function programs({ state, t }, variants) {
  const graph = { ...spec(state), detail: undefined, expand: undefined };
  const address = location.pathname.split("/").slice(-2).join("/").replace(/^\//, "");
  if (!variants) return [{ name: "", address, graph }];
  /** @type {{seed: number, values: GraphSpec["values"]}[]} */
  const given = JSON.parse(variants);
  return given.map(({ seed, values }) => ({ name: t("ui.worksheet.variant", { n: seed }), address: `${address} · ${seed}`, graph: { ...graph, values } }));
}
