/**
 * Layouts of the scalar graphs of networks: ours, Graphviz, dagre and ELK, warm, in turns; their
 * times, how many lines cross, and both as ratios to Graphviz's.
 *
 * `node layout.mjs GRAPHS.json`, with the graphs that `python -m bench.scalar_graphs` writes.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { instance } from "@viz-js/viz";
import { build } from "esbuild";
import { describe } from "../static/stage/describe.js";
import { METRICS } from "../static/stage/metrics.js";
import { crossed } from "./crossed.mjs";
import { byDagre, byElk, byGraphviz, ours } from "./layouts.mjs";

const ROUNDS = [[100, 30], [500, 15], [2000, 7], [Infinity, 3]];
/** Who took so many milliseconds for a graph is left out at the next one. */
const TOO_LONG = 5000;
const REFERENCE = "Graphviz";

const graphviz = await instance();
const CONTENDERS = {
  "ours, closed form": ours("solved"),
  "ours, layered": ours("layered"),
  [REFERENCE]: byGraphviz(graphviz, "true"),
  "Graphviz, straight lines": byGraphviz(graphviz, "line"),
  "dagre, tight tree": byDagre("tight-tree"),
  "dagre, network simplex": byDagre("network-simplex"),
  ELK: byElk,
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const rounds = (count) => ROUNDS.find(([nodes]) => count <= nodes)[1];

/** Times of all contenders, one after another in each round; two rounds go before, to warm up. */
async function timed(contenders, drawing) {
  const found = Object.fromEntries(Object.keys(contenders).map((name) => [name, { times: [], lines: null }]));
  for (let round = -2; round < rounds(drawing.cards.length); round += 1) {
    for (const [name, lay] of Object.entries(contenders)) {
      if (round === -1 && found[name].last > TOO_LONG / 2) continue;
      const ready = lay.prepared(drawing);
      const start = performance.now();
      const answer = await lay.run(ready);
      const took = performance.now() - start;
      found[name].last = took;
      if (round >= 0) found[name].times.push(took);
      found[name].lines ??= lay.lines(answer, drawing);
      if (took > TOO_LONG) {
        found[name].times.push(took);
        delete contenders[name];
      }
    }
  }
  return found;
}

function report(count, found) {
  const row = ({ times, lines }) => ({ time: median(times), crossings: crossed(lines) });
  const rows = Object.entries(found).map(([name, one]) => [name, row(one)]);
  const reference = Object.fromEntries(rows)[REFERENCE];
  const ratio = (a, b) => (b ? (a / b).toFixed(2) : "–");
  for (const [name, { time, crossings }] of rows) {
    console.log(`| ${count} | ${name} | ${time.toFixed(time < 10 ? 1 : 0)} | ${ratio(time, reference?.time)} | ${crossings} | ${ratio(crossings, reference?.crossings)} |`);
  }
}

/** Compressed sizes of the code, bundled and minified. */
async function sizes() {
  for (const [what, file] of [["ranks, order and heights of any graph", "layered"], ["networks in closed form", "network"], ["both, as the worker has them", "worker"]]) {
    const { outputFiles } = await build({ entryPoints: [new URL(`../static/stage/layout/${file}.js`, import.meta.url).pathname], bundle: true, minify: true, format: "esm", write: false });
    console.log(`| ${what} | ${gzipSync(outputFiles[0].contents, { level: 9 }).length} |`);
  }
}

console.log("| code | bytes, minified and compressed |\n|---|---:|");
await sizes();
console.log("\n| nodes | layout | ms | × Graphviz | crossings | × Graphviz |\n|---:|---|---:|---:|---:|---:|");
for (const graph of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const { cards, links } = describe(graph, METRICS.desk);
  const drawing = { cards, links, metrics: METRICS.desk };
  report(cards.length, await timed(CONTENDERS, drawing));
}
