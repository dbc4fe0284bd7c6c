import assert from "node:assert/strict";
import { test } from "node:test";
import { BEGUN } from "../../static/stage/layout/begun.js";
import { APART, AT_ONCE, createLayoutLater } from "../../static/stage/layout/later.js";
import { layoutOf, problemOf } from "../../static/stage/layout/problem.js";
import { simple } from "../../static/stage/layout/simple.js";
import { layout } from "../../static/stage/layout.js";

const GAPS = { columns: [70, 250], rows: [30, 150] };
const STAGE = { w: 1200, h: 640, zoom: 1.45, least: 0.5 };

/** Operations that each read the one before and the one at half their number. @param {number} count */
function graph(count) {
  const boxes = Array.from({ length: count }, (_, i) => ({ id: `n${i}`, w: 100 + (i % 7) * 9, h: 80 + (i % 5) * 11 }));
  const links = boxes.slice(1).flatMap((b, i) => [i, i >> 1].map((s, slot) => ({ index: 2 * i + slot, source: `n${s}`, target: b.id, slot })));
  return { boxes, links };
}

/** Workers that answer as they are told, and what became of them.
 * @param {(worker: any, question: any) => void} reply */
function office(reply) {
  const workers = /** @type {any[]} */ ([]);
  const spawn = () => {
    const worker = {
      stopped: false, onmessage: null, onerror: null, asked: 0,
      postMessage: (/** @type {any} */ question) => { worker.asked += 1; reply(worker, question); },
      terminate: () => { worker.stopped = true; },
    };
    workers.push(worker);
    return worker;
  };
  return { workers, spawn };
}

const answering = (/** @type {any} */ worker, /** @type {any} */ question) =>
  queueMicrotask(() => worker.onmessage?.({ data: simple(question) }));

const { boxes, links } = graph(APART + 1);
const asIfSlow = layoutOf(simple(problemOf(boxes, links, GAPS, STAGE)), boxes, links);

test("a small graph is laid out without a worker, as at once", async () => {
  const { workers, spawn } = office(answering);
  const small = graph(AT_ONCE);
  const later = await createLayoutLater({ spawn })(small.boxes, small.links, GAPS, STAGE);
  assert.deepEqual(later, layout(small.boxes, small.links, GAPS, STAGE));
  assert.equal(workers.length, 0);
});

test("a graph that is not wanted any more before its turn is not laid out", async () => {
  const middle = graph(APART);
  let read = 0;
  const boxes = middle.boxes.map((box) => Object.defineProperty({ ...box }, "w", { get: () => { read += 1; return 100; } }));
  const abort = new AbortController();
  const later = createLayoutLater(office(answering))(boxes, middle.links, GAPS, STAGE, abort.signal);
  abort.abort(new Error("no more"));
  await assert.rejects(later, /no more/);
  assert.equal(read, 0);
});

test("a graph of some hundred cards is laid out without a worker, in a task of its own", async () => {
  const { workers, spawn } = office(answering);
  const middle = graph(APART);
  let turns = 0;
  const counting = setInterval(() => (turns += 1));
  const later = await createLayoutLater({ spawn })(middle.boxes, middle.links, GAPS, STAGE);
  clearInterval(counting);
  assert.ok(turns > 0);
  assert.deepEqual(later, layout(middle.boxes, middle.links, GAPS, STAGE));
  assert.equal(workers.length, 0);
});

test("a worker that has answered is asked again", async () => {
  const { workers, spawn } = office(answering);
  const later = createLayoutLater({ spawn });
  assert.deepEqual(await later(boxes, links, GAPS, STAGE), asIfSlow);
  await later(boxes, links, GAPS, STAGE);
  assert.deepEqual(workers.map((w) => [w.asked, w.stopped]), [[2, false]]);
});

test("questions at one time have workers of their own, of which one is kept", async () => {
  const { workers, spawn } = office(answering);
  const later = createLayoutLater({ spawn });
  await Promise.all([later(boxes, links, GAPS, STAGE), later(boxes, links, GAPS, STAGE)]);
  assert.deepEqual(workers.map((w) => w.stopped).sort(), [false, true]);
});

test("a worker that hangs is stopped, and the graph gets the simple layout", async () => {
  const { workers, spawn } = office(() => {});
  const placed = await createLayoutLater({ spawn, patience: 5 })(boxes, links, GAPS, STAGE);
  assert.deepEqual(placed, asIfSlow);
  assert(workers[0].stopped);
});

test("a worker is not stopped because the page itself was held up", async () => {
  const { workers, spawn } = office((worker, question) => {
    setTimeout(() => worker.onmessage?.({ data: simple(question) }), 60);
  });
  const placed = createLayoutLater({ spawn, patience: 40 })(boxes, links, GAPS, STAGE);
  for (const end = performance.now() + 120; performance.now() < end;);
  await placed;
  assert.equal(workers[0].stopped, false);
});

test("the time of a worker counts from when it has begun", async () => {
  const { workers, spawn } = office((worker, question) => {
    setTimeout(() => worker.onmessage?.({ data: BEGUN }), 300);
    setTimeout(() => worker.onmessage?.({ data: simple(question) }), 600);
  });
  await createLayoutLater({ spawn, patience: 500 })(boxes, links, GAPS, STAGE);
  assert.equal(workers[0].stopped, false);
});

test("a worker that has begun and hangs is stopped", async () => {
  const { workers, spawn } = office((worker) => queueMicrotask(() => worker.onmessage?.({ data: BEGUN })));
  assert.deepEqual(await createLayoutLater({ spawn, patience: 5 })(boxes, links, GAPS, STAGE), asIfSlow);
  assert(workers[0].stopped);
});

test("a worker that fails is replaced by the simple layout, and by a new one the next time", async () => {
  const { workers, spawn } = office((worker) => queueMicrotask(() => worker.onerror({})));
  const later = createLayoutLater({ spawn });
  assert.deepEqual(await later(boxes, links, GAPS, STAGE), asIfSlow);
  await later(boxes, links, GAPS, STAGE);
  assert.deepEqual(workers.map((w) => w.stopped), [true, true]);
});

test("a layout that is not wanted any more is stopped", async () => {
  const { workers, spawn } = office(() => {});
  const control = new AbortController();
  const later = createLayoutLater({ spawn })(boxes, links, GAPS, STAGE, control.signal);
  control.abort(new Error("not wanted"));
  await assert.rejects(later, /not wanted/);
  assert(workers[0].stopped);
});
