import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST } from "../../static/network/draft.js";
import { BLANK, ROWS, printAddress, readAddress } from "../../static/state.js";

/** One value for each remembered property that is not its default. @type {Record<string, any>} */
const OTHER = {
  program: "s = w @ x + b # π\nf = σ(s)", values: { x: [[1, -2.5]], "é&=": 3 }, constants: ["x", "y"],
  detail: "scalar", expand: ["a1[0,2]", "s1"], collapse: ["layer1", "layer3"], left: "network", network: "wN6f6yuaTJOhimNv6WKWFw", rows: "2", cell: "W1[0,2]", at: 40, level: "epoch", pace: "5", logScale: true,
  build: { ...FIRST, seed: 7 }, drafting: true, labels: { w1: "w^{(1)}" }, rate: 0.05, update: ["w2", "w1"], scene: 2, step: 7, beat: 2, beats: true, symbols: 1,
  ask: "every", table: true, select: "w1", tab: "rules", iteration: 12, digits: null, lang: "pt-BR", theme: "dark", projector: true, tool: "compose", hues: "green", controls: false, folded: true,
  compare: { of: "activation", values: ["sigmoid", "relu"], epochs: 50 }, vary: { by: [{ of: "units", values: [2, 4] }, { of: "activation", values: null }], seeds: 2, iterations: 70 }, sweep: "A".repeat(22), landscape: { a: "W1[0,1]", b: "b2[0]", center: [0.5, -1], radius: 2, rows: "batch", log: true },
};

test("each remembered property has a case here", () => {
  assert.deepEqual(ROWS.map((r) => String(r.name)).sort(), Object.keys(OTHER).sort());
});

for (const row of ROWS) {
  test(`${String(row.name)} comes back from the address as it was`, () => {
    const state = { ...BLANK, [row.name]: OTHER[row.name] };
    const address = printAddress(state, {});
    assert.deepEqual([...new URLSearchParams(address).keys()], [row.key]);
    assert.deepEqual(readAddress(address, {}), { state: { [row.name]: OTHER[row.name] }, bad: [] });
  });

  test(`${String(row.name)} is left out where it is the default`, () => {
    assert.equal(printAddress(BLANK, {}), "");
    const state = { ...BLANK, [row.name]: OTHER[row.name] };
    assert.equal(printAddress(state, { [row.name]: OTHER[row.name] }), "");
  });
}

test("all of it together comes back as it was", () => {
  const { state, bad } = readAddress(printAddress({ ...BLANK, ...OTHER }, {}), {});
  assert.deepEqual(state, OTHER);
  assert.deepEqual(bad, []);
});

test("the draft of a network that stands is not in its address; one that is thought over is", () => {
  const state = { ...BLANK, build: { ...FIRST, seed: 7 }, network: "n" };
  assert.equal(printAddress(state, {}), "?network=n");
  assert(/build=.*seed.*drafting=1/.test(printAddress({ ...state, drafting: true }, {})));
});

test("each property has its own key in the address", () => {
  assert.equal(new Set(ROWS.map((r) => r.key)).size, ROWS.length);
});

test("a property that cannot be read keeps its default and is named", () => {
  const { state, bad } = readAddress("?step=three&values={&rate=1e999&theme=dark", { step: 2 });
  assert.deepEqual(bad.sort(), ["rate", "step", "values"]);
  assert.deepEqual(state, { step: 2, theme: "dark" });
});

test("values of the wrong kind are refused like those that cannot be read", () => {
  for (const query of ["?values=3", "?values=null", "?values=[]", "?labels=1", "?labels=null"]) {
    assert.equal(readAddress(query, {}).bad.length, 1, query);
  }
});

test("a step is never negative nor broken", () => {
  assert.equal(readAddress("?step=-4", {}).state.step, 0);
  assert.equal(readAddress("?step=2.9", {}).state.step, 2);
});
