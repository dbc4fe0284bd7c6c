/**
 * One row per layout: the question in the layout's own terms, the answer, and the answer's lines,
 * each from the rim of a card to the rim of another one.
 */
import dagre from "@dagrejs/dagre";
import ELK from "elkjs/lib/elk.bundled.js";
import { routes } from "../static/stage/edges.js";
import { layered } from "../static/stage/layout/layered.js";
import { layoutOf, problemOf } from "../static/stage/layout/problem.js";
import { solved } from "../static/stage/layout/solve.js";

const STAGE = { w: 1280, h: 640, zoom: 1.45, least: 0.01 };
const INCH = 72;
const line = (link, points) => ({ source: link.source, target: link.target, points });

export const ours = (how) => ({
  prepared: ({ cards, links, metrics }) => problemOf(cards, links, metrics, STAGE),
  run: how === "layered" ? layered : solved,
  lines(places, { cards, links }) {
    return routes(layoutOf(places, cards, links), links).map((route) => line(route, route.stops));
  },
});

export const byGraphviz = (graphviz, splines) => ({
  prepared: ({ cards, links, metrics }) => ({
    directed: true,
    graphAttributes: { rankdir: "LR", splines, nodesep: metrics.rows[0] / INCH, ranksep: metrics.columns[0] / INCH },
    nodeAttributes: { shape: "box", fixedsize: true, label: "" },
    nodes: cards.map((c, i) => ({ name: `n${i}`, attributes: { width: c.w / INCH, height: c.h / INCH } })),
    edges: numbered(cards, links, (tail, head) => ({ tail: `n${tail}`, head: `n${head}` })),
  }),
  run(question) {
    const answer = graphviz.render(question, { format: "plain" });
    if (answer.status !== "success") throw new Error(JSON.stringify(answer.errors));
    return answer.output;
  },
  lines(text, { cards }) {
    const rows = text.split("\n").map((row) => row.split(" "));
    return rows.filter(([kind]) => kind === "edge").map(([, tail, head, count, ...numbers]) => {
      const at = Array.from({ length: +count }, (_, i) => ({ x: +numbers[2 * i], y: +numbers[2 * i + 1] }));
      const id = (name) => cards[+name.slice(1)].id;
      return { source: id(tail), target: id(head), points: sampled(at) };
    });
  },
});

export const byDagre = (ranker) => ({
  prepared({ cards, links, metrics }) {
    const graph = new dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({ rankdir: "LR", ranker, nodesep: metrics.rows[0], ranksep: metrics.columns[0] });
    for (const { id, w, h } of cards) graph.setNode(id, { width: w, height: h });
    for (const { source, target, index } of links) graph.setEdge(source, target, {}, String(index));
    return graph;
  },
  run(graph) {
    dagre.layout(graph);
    return graph;
  },
  lines: (graph, { links }) => links.map((l) => line(l, graph.edge(l.source, l.target, String(l.index)).points)),
});

const elk = new ELK();
export const byElk = {
  prepared: ({ cards, links, metrics }) => ({
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered", "elk.direction": "RIGHT", "elk.edgeRouting": "POLYLINE",
      "elk.spacing.nodeNode": metrics.rows[0], "elk.layered.spacing.nodeNodeBetweenLayers": metrics.columns[0],
    },
    children: cards.map(({ id, w, h }) => ({ id, width: w, height: h })),
    edges: links.map(({ index, source, target }) => ({ id: `e${index}`, sources: [source], targets: [target] })),
  }),
  run: (question) => elk.layout(question),
  lines: ({ edges }) => edges.map(({ sources: [source], targets: [target], sections: [{ startPoint, bendPoints = [], endPoint }] }) =>
    ({ source, target, points: [startPoint, ...bendPoints, endPoint] })),
};

function numbered(cards, links, edge) {
  const place = new Map(cards.map((c, i) => [c.id, i]));
  return links.map(({ source, target }) => edge(place.get(source), place.get(target)));
}

/** Points on a chain of cubic curves. */
function sampled(at) {
  const points = [at[0]];
  for (let i = 0; i + 3 < at.length; i += 3) {
    for (const t of [0.25, 0.5, 0.75, 1]) {
      const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      const mix = (key) => weights.reduce((sum, w, k) => sum + w * at[i + k][key], 0);
      points.push({ x: mix("x"), y: mix("y") });
    }
  }
  return points;
}
