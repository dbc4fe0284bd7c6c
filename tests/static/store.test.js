/** The store: who waits for a state is told once it holds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../static/store.js";

test("a state that holds already is waited for no longer", async () => {
  await createStore({ pending: false }).until((state) => !state.pending);
});

test("a state is waited for until it holds, once", async () => {
  const store = createStore({ pending: true, n: 0 });
  /** @type {number[]} */
  const seen = [];
  const waiting = store.until((state) => !state.pending).then(() => seen.push(store.get().n));
  store.set({ n: 1 });
  await Promise.resolve();
  assert.deepEqual(seen, []);
  store.set({ pending: false, n: 2 });
  await waiting;
  store.set({ pending: false });
  assert.deepEqual(seen, [2]);
});
