import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { stepsByEdge } from "../../static/indexed.js";
import { back, currentIndex, forward, frame, presses } from "../../static/player.js";
import { graphs } from "./fixtures.js";

/** @typedef {import("../../static/types.js").Graph} Graph */
/** @typedef {import("../../static/player.js").Position} Position */

/** Every position from the start to the end. @param {Graph} graph @param {boolean} beats */
function walk(graph, beats) {
  /** @type {Position[]} */
  const all = [{ step: 0, beat: 0 }];
  while (/** @type {Position} */ (all.at(-1)).step < graph.steps.length) {
    all.push(forward(graph, /** @type {Position} */ (all.at(-1)), beats));
  }
  return all;
}

/** A frame without its functions. @param {Graph} graph @param {Position} at */
function picture(graph, at) {
  const { done, nodes, ...rest } = frame(graph, at);
  return { ...rest, nodes: [...nodes], done: graph.steps.map((_, i) => done(i)) };
}

/** Every node's state, step by step from the start: slow, and with nothing looked up. @param {Graph} graph @param {number} count */
function replayed(graph, count) {
  /** @type {Map<string, any>} */
  const nodes = new Map(graph.nodes.map((n) => [n.id, { hasValue: n.op === null, updated: false, grad: n.grad === null && n.summary === null ? "none" : "pending", total: null }]));
  const left = graph.steps.slice(count);
  for (const s of graph.steps.slice(0, count)) {
    const f = nodes.get(s.source ?? s.node);
    if (s.phase === "update") f.updated = true;
    else if (s.phase !== "backward") f.hasValue = true;
    else Object.assign(f, { grad: "partial", total: s.source ? s.total : 1 });
  }
  const seeded = graph.steps.slice(0, count).some((s) => s.phase === "backward");
  for (const n of graph.nodes) {
    if (seeded && n.grad !== null && !left.some((s) => s.source === n.id)) Object.assign(nodes.get(n.id), { grad: "done", total: n.grad });
  }
  return nodes;
}

for (const [name, graph] of Object.entries(graphs)) {
  test(`${name}: every position is what a replay from the start leads to`, () => {
    for (let step = 0; step <= graph.steps.length; step += 1) {
      const found = [...frame(graph, { step, beat: 0 }).nodes].map(([id, { state: _, ...f }]) => [id, f]);
      assert.deepEqual(found, [...replayed(graph, step)]);
    }
  });

  test(`${name}: what a step does not change stays the same object`, () => {
    let before = new Map(frame(graph, { step: 0, beat: 0 }).nodes);
    for (let step = 1; step <= graph.steps.length; step += 1) {
      const now = new Map(frame(graph, { step, beat: 0 }).nodes);
      for (const [id, f] of now) assert.equal(f === before.get(id), isDeepStrictEqual(f, before.get(id)));
      before = now;
    }
  });

  for (const beats of [false, true]) {
    const reveal = beats ? "in beats" : "whole";
    test(`${name}: stepping back undoes stepping forward, ${reveal}`, () => {
      const onward = walk(graph, beats);
      let at = /** @type {Position} */ (onward.at(-1));
      for (const wanted of [...onward].reverse().slice(1)) {
        const before = picture(graph, wanted);
        at = back(graph, at, beats);
        assert.deepEqual(at, wanted);
        assert.deepEqual(picture(graph, at), before);
        assert.deepEqual(back(graph, forward(graph, at, beats), beats), at);
      }
      assert.deepEqual(back(graph, at, beats), { step: 0, beat: 0 });
    });

    test(`${name}: every press shows something new, ${reveal}`, () => {
      const wanted = beats ? graph.steps.reduce((n, s) => n + presses(s), 0) : graph.steps.length;
      const seen = walk(graph, beats).map((p) => `${p.step} ${p.beat}`);
      assert.equal(seen.length, wanted + 1);
      assert.equal(new Set(seen).size, seen.length);
    });
  }

  test(`${name}: at the start the leaves alone have values, and no gradient is known`, () => {
    for (const [id, f] of frame(graph, { step: 0, beat: 0 }).nodes) {
      const leaf = graph.nodes.find((n) => n.id === id)?.op === null;
      assert.equal(f.hasValue, leaf);
      assert.equal(f.state, leaf ? "done" : "pending");
      assert(f.grad === "pending" || f.grad === "none");
    }
  });

  test(`${name}: at the end every gradient stands as the server sent it`, () => {
    const { nodes } = frame(graph, { step: graph.steps.length, beat: 0 });
    for (const n of graph.nodes) {
      const f = nodes.get(n.id);
      assert(f?.hasValue);
      assert.equal(f.grad, n.grad === null ? "none" : "done");
      assert.deepEqual(f.total, n.grad);
    }
  });

  test(`${name}: a step that has only begun shows no result`, () => {
    graph.steps.forEach((s, step) => {
      for (let beat = 1; beat < presses(s); beat += 1) {
        const before = frame(graph, { step, beat: 0 }).nodes;
        const during = frame(graph, { step, beat }).nodes;
        for (const [id, f] of during) {
          assert.deepEqual({ ...f, state: "" }, { ...before.get(id), state: "" });
        }
        assert.equal(during.get(s.node)?.state, "active");
      }
    });
  });

  test(`${name}: each edge with a gradient is walked by one step`, () => {
    const walked = stepsByEdge(graph);
    const wanted = graph.steps.filter((s) => s.source).length;
    assert.equal(walked.size, wanted);
    assert.equal(new Set(walked.values()).size, wanted);
  });
}

test("x · x is walked over two edges, one after the other", () => {
  const { square } = graphs;
  const at = [...stepsByEdge(square).entries()];
  assert.deepEqual(at, [[0, 2], [1, 3]]);
  assert.equal(frame(square, { step: 3, beat: 0 }).nodes.get("x")?.grad, "partial");
  assert.equal(frame(square, { step: 4, beat: 0 }).nodes.get("x")?.grad, "done");
});

for (const name of ["square", "diamond", "shared", "vector"]) {
  test(`${name}: where a value is used more than once, the sum of its gradient grows`, () => {
    const graph = graphs[name];
    for (const node of graph.nodes) {
      const parts = graph.steps.flatMap((s, i) => (s.source === node.id ? [i] : []));
      if (parts.length < 2 || node.grad === null) continue;
      /** @type {number[]} */
      let sum = [];
      parts.forEach((index, k) => {
        const s = graph.steps[index];
        const edge = graph.edges.find((e) => e.source === s.source && e.target === s.node && e.slot === s.slot);
        const part = [edge?.contribution].flat(3).map(Number);
        sum = part.map((x, i) => x + (sum[i] ?? 0));
        const f = frame(graph, { step: index + 1, beat: 0 }).nodes.get(node.id);
        assert.equal(f?.grad, k === parts.length - 1 ? "done" : "partial");
        assert.deepEqual([f?.total].flat(3), sum);
      });
    }
  });
}

test("the output keeps its starting point while its gradient is not asked for again", () => {
  const { lecture } = graphs;
  const seed = lecture.steps.findIndex((s) => s.phase === "backward");
  const f = frame(lecture, { step: seed + 1, beat: 0 }).nodes.get("f");
  assert.deepEqual([f?.grad, f?.total, f?.state], ["done", 1, "active"]);
});

test("the cards of the walked edge take part in its step, and no other", () => {
  const { chain } = graphs;
  chain.steps.forEach((s, i) => {
    if (!s.source) return;
    const { nodes, edge } = frame(chain, { step: i + 1, beat: 0 });
    const active = [...nodes].filter(([, f]) => f.state === "active").map(([id]) => id);
    assert.deepEqual(active.sort(), [s.source, s.node].sort());
    assert.deepEqual([edge?.source, edge?.target, edge?.slot], [s.source, s.node, s.slot]);
  });
});

test("a weight is new only once its update is done", () => {
  const { chain } = graphs;
  const at = chain.steps.findIndex((s) => s.phase === "update" && s.node === "w2");
  assert.equal(frame(chain, { step: at, beat: 1 }).nodes.get("w2")?.updated, false);
  assert.equal(frame(chain, { step: at + 1, beat: 0 }).nodes.get("w2")?.updated, true);
  assert.equal(frame(chain, { step: at + 1, beat: 0 }).nodes.get("w1")?.updated, false);
});

test("switching the beats off in the middle of a step leads back to its beginning", () => {
  assert.deepEqual(back(graphs.lecture, { step: 4, beat: 2 }, false), { step: 4, beat: 0 });
  assert.deepEqual(forward(graphs.lecture, { step: 4, beat: 2 }, false), { step: 5, beat: 0 });
});

test("the position speaks of the step begun, or else of the last one done", () => {
  assert.deepEqual([0, 1, 2].map((step) => currentIndex({ step, beat: 0 })), [-1, 0, 1]);
  assert.equal(currentIndex({ step: 1, beat: 1 }), 1);
});
