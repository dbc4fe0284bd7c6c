import assert from "node:assert/strict";
import { test } from "node:test";
import { roleOf, withRole, writable } from "../../static/network/table.js";
import { confusion, gridOf } from "../../static/network/grid.js";
import { createQueue } from "../../static/network/queue.js";
import { events, parsed } from "../../static/network/stream.js";

test("each column of a table is x, y or neither", () => {
  const table = { names: ["a", "b", "c"], numeric: [true, true, true], cells: [], rows: 0, delimiter: ";", decimal: ",", header: true };
  assert.deepEqual([0, 1, 2].map((i) => roleOf({ csv: "" }, table, i)), ["x", "x", "y"]);
  const data = withRole({ csv: "" }, table, 1, "");
  assert.deepEqual(data, { csv: "", x: ["a"], y: ["c"] });
  assert.deepEqual([0, 1, 2].map((i) => roleOf(data, table, i)), ["x", "", "y"]);
  assert.deepEqual(withRole(data, table, 0, "y"), { csv: "", x: [], y: ["a", "c"] });
});

test("a short table can stand in an address, a long one cannot", () => {
  assert.equal(writable({ data: { csv: "a;b\n1;2" } }), true);
  assert.equal(writable({ data: { csv: "1;2\n".repeat(1000) } }), false);
  assert.equal(writable({ data: { name: "xor" } }), true);
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
