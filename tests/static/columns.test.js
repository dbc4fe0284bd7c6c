import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf, weave } from "../../static/network/columns.js";

const layers = (/** @type {number[]} */ ...units) => units.map((n) => ({ units: n }));
const DESK = /** @type {const} */ ({ w: 940, h: 640, look: "desk" });
const PHONE = /** @type {const} */ ({ w: 390, h: 390, look: "phone" });

test("columns stand from left to right between data and loss, none over another", () => {
  for (const room of [DESK, PHONE]) {
    const plan = planOf({ inputs: 2, layers: layers(4, 3, 1) }, room);
    const edges = [plan.data, ...plan.columns.map((c) => ({ x: c.x - c.w / 2, w: c.w })), plan.loss];
    for (let i = 1; i < edges.length; i += 1) assert(edges[i].x >= edges[i - 1].x + edges[i - 1].w - 1e-9, `${room.look} ${i}`);
    assert(plan.loss.x + plan.loss.w <= plan.w);
  }
});

test("a drawing that has room fills it, a longer one is wider than its room", () => {
  assert.equal(planOf({ inputs: 2, layers: layers(3, 1) }, DESK).w, DESK.w);
  assert(planOf({ inputs: 2, layers: layers(3, 3, 3, 3, 3, 3, 1) }, DESK).w > DESK.w);
  assert(planOf({ inputs: 2, layers: layers(3, 1) }, PHONE).w > PHONE.w);
});

test("of a tall column the first neurons and the last are drawn, and the rest is counted", () => {
  const [inputs] = planOf({ inputs: 64, layers: layers(1) }, DESK).columns;
  const drawn = inputs.neurons.filter((n) => n.index >= 0).map((n) => n.index);
  assert.equal(drawn.at(-1), 63);
  assert.deepEqual(drawn.slice(0, -1), Array.from({ length: drawn.length - 1 }, (_, i) => i));
  assert.equal(drawn.length + inputs.hidden, 64);
  assert.equal(planOf({ inputs: 3, layers: layers(1) }, DESK).columns[0].hidden, 0);
});

test("neurons stay between the controls, whatever the numbers and the room", () => {
  for (const room of [DESK, PHONE, { ...DESK, h: 200 }]) {
    for (const n of [1, 2, 7, 40, 4096]) {
      const plan = planOf({ inputs: n, layers: layers(n, 1) }, room);
      for (const { neurons } of plan.columns) for (const { y } of neurons) assert(y - plan.r >= plan.top + plan.bands.top - 1 && y + plan.r <= plan.top + plan.bands.top + plan.bands.tall + 1, `${room.h} ${n}`);
    }
  }
});

test("names beside the inputs and sentences below the columns get room", () => {
  const [bare, named] = [0, 8].map((letters) => planOf({ inputs: 2, layers: layers(1) }, { ...DESK, w: 300 }, letters));
  assert(named.w > bare.w);
  assert(planOf({ inputs: 2, layers: layers(1) }, DESK, 0, true).bands.bottom > bare.bands.bottom);
});

test("every drawn neuron is tied to every one of the next column", () => {
  const { columns, r } = planOf({ inputs: 2, layers: layers(3, 1) }, DESK);
  assert.equal(weave(columns[0], columns[1], r).match(/M/g)?.length, 6);
  const tall = planOf({ inputs: 64, layers: layers(1) }, DESK);
  assert.equal(weave(tall.columns[0], tall.columns[1], tall.r).match(/M/g)?.length, tall.columns[0].neurons.length - 1);
});
