import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST, count, deepened, driven, fed, resized, shallower, withLayer } from "../../static/network/draft.js";
import { confusion, gridOf } from "../../static/network/grid.js";
import { createQueue } from "../../static/network/queue.js";
import { events, parsed } from "../../static/network/stream.js";

const set = (/** @type {Partial<import("../../static/network/draft.js").Dataset>} */ fields) =>
  /** @type {import("../../static/network/draft.js").Dataset} */ ({ name: "d", title: {}, doc: {}, kind: "classification", features: ["a", "b"], classes: [], targets: [], settings: [], ...fields });

test("a network of 2, 3 and 1 neurons learns 13 numbers, without biases 9", () => {
  assert.equal(count(FIRST), 13);
  assert.equal(count(withLayer(withLayer(FIRST, 0, { bias: false }), 1, { bias: false })), 9);
});

test("a layer keeps at least one neuron and at most 64", () => {
  assert.equal(resized(FIRST, 1, -1).layers[1].units, 1);
  assert.equal(resized(FIRST, 0, 1000).layers[0].units, 64);
  assert.equal(FIRST.layers[0].units, 3);
});

test("a hidden layer comes before the output and goes again; the output stays", () => {
  const deep = deepened(FIRST);
  assert.deepEqual(deep.layers.map((l) => l.units), [3, 3, 1]);
  assert.deepEqual(shallower(deep, 1), FIRST);
  assert.equal(shallower(FIRST, 1), FIRST);
});

test("each kind of data gets the output and the loss that it needs", () => {
  const three = fed(FIRST, set({ classes: ["a", "b", "c"] }));
  assert.deepEqual([three.layers.at(-1)?.units, three.layers.at(-1)?.activation, three.loss], [3, "linear", "cross_entropy"]);
  const two = fed(three, set({ classes: ["a", "b"], features: ["u"] }));
  assert.deepEqual([two.inputs, two.layers.at(-1)?.units, two.layers.at(-1)?.activation, two.loss], [1, 1, "sigmoid", "half_mse"]);
  const curve = fed(FIRST, set({ classes: [], targets: ["y", "z"] }));
  assert.deepEqual([curve.layers.at(-1)?.units, curve.layers.at(-1)?.activation, curve.loss], [2, "linear", "mse"]);
});

test("another optimizer keeps the learning rate and nothing else", () => {
  assert.deepEqual(driven({ ...FIRST, optimizer: { name: "sgd", learning_rate: 0.3, momentum: 0.9 } }, "adam").optimizer, { name: "adam", learning_rate: 0.3 });
});

test("events are read whole however the stream is cut", async () => {
  const text = ": hello\n\nevent: progress\ndata: {\"iteration\": 1}\n\nevent: done\r\ndata: {\"é\": \"∂\"}\r\n\r\n";
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 7, bytes.length]) {
    const body = new ReadableStream({
      start(control) {
        for (let i = 0; i < bytes.length; i += size) control.enqueue(bytes.slice(i, i + size));
        control.close();
      },
    });
    const got = [];
    for await (const one of events(body)) got.push(one);
    assert.deepEqual(got, [{ event: "progress", data: { iteration: 1 } }, { event: "done", data: { é: "∂" } }]);
  }
  assert.equal(parsed(": only a comment"), null);
});

test("the plane is asked row by row from its lower left corner, a margin around the data", () => {
  const grid = gridOf({ x: [[0, 0], [1, 2]] });
  assert.equal(grid.kind, "plane");
  assert.equal(grid.x.length, grid.size ** 2);
  assert(grid.x[0][0] < 0 && grid.x[0][1] < 0 && grid.x[1][0] > grid.x[0][0] && grid.x[1][1] === grid.x[0][1]);
  assert(/** @type {number[]} */ (grid.x.at(-1)).every((v, i) => v > [1, 2][i]));
  assert.equal(gridOf({ x: [[1], [2]] }).kind, "line");
  assert.deepEqual(gridOf({ x: [[1, 2, 3]] }).x, [[1, 2, 3]]);
});

test("the table of classes counts truth by row and answer by column", () => {
  assert.deepEqual(confusion([[0.2], [0.9], [0.7]], [[0], [1], [0]]), [[1, 1], [0, 1]]);
  assert.deepEqual(confusion([[0, 3, 1], [5, 0, 0]], [[0, 1, 0], [0, 0, 1]]), [[0, 0, 0], [0, 1, 0], [1, 0, 0]]);
});

test("what is asked in a row is done in a row, and too much of it is let go", async () => {
  const queued = createQueue(2);
  /** @type {number[]} */
  const done = [];
  const deed = (/** @type {number} */ n) => () => new Promise((resolve) => setTimeout(() => resolve(done.push(n) > 0), 3 - n));
  const told = await Promise.all([1, 2, 3].map((n) => queued(/** @type {() => Promise<boolean>} */ (deed(n)))));
  assert.deepEqual([told, done], [[true, true, false], [1, 2]]);
  assert.equal(await queued(() => Promise.reject(new Error("once"))).catch((e) => e.message), "once");
  assert.equal(await queued(/** @type {() => Promise<boolean>} */ (deed(2))), true);
});
