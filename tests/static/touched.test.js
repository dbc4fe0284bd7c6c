import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { frame } from "../../static/player.js";
import { edgeState } from "../../static/stage/passing.js";
import { touched } from "../../static/touched.js";
import { graphs } from "./fixtures.js";

/** @param {import("../../static/types.js").Graph} graph @param {number} step */
function pictured(graph, step) {
  const at = frame(graph, { step, beat: 0 });
  const nodes = new Map([...at.nodes].map(([id, { state: _, ...f }]) => [id, f]));
  const edges = graph.edges.map((e, index) => edgeState(/** @type {any} */ ({ ...e, index }), at, new Set()));
  return { nodes, edges };
}

for (const [name, graph] of Object.entries(graphs)) {
  test(`${name}: between any two positions, only what is touched looks different`, () => {
    const all = graph.steps.map((_, i) => pictured(graph, i));
    all.forEach((a, from) => all.forEach((b, to) => {
      const found = touched(graph, from, to);
      for (const [id, f] of a.nodes) assert(found.nodes.has(id) || isDeepStrictEqual(f, b.nodes.get(id)), `${id} from ${from} to ${to}`);
      a.edges.forEach((state, e) => assert(found.edges.has(e) || state === b.edges[e], `edge ${e} from ${from} to ${to}`));
    }));
  });

  test(`${name}: one step touches no more than its own nodes and edges`, () => {
    graph.steps.forEach((s, i) => {
      if (s.phase === "backward" && !s.source) return;
      assert(touched(graph, i, i + 1).nodes.size === 1);
    });
  });
}
