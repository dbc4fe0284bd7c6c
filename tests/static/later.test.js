import assert from "node:assert/strict";
import { test } from "node:test";
import { later } from "../../static/actions/later.js";

/** A module that comes when it is told to. */
function coming() {
  let loads = 0;
  const told = /** @type {string[]} */ ([]);
  /** @type {(found: any) => void} */
  let come = () => {};
  /** @type {(reason: Error) => void} */
  let fail = () => {};
  const load = () => {
    loads += 1;
    return new Promise((resolve, reject) => [come, fail] = [resolve, reject]);
  };
  const deeds = later(/** @type {() => Promise<any>} */ (load), () => told.push("failed"));
  return { deeds, told, loads: () => loads, come: (/** @type {any} */ found) => come(found), fail: () => fail(new Error("gone")) };
}

test("calls wait for the module, in their order, and it is loaded once", async () => {
  const { deeds, told, loads, come } = coming();
  const answers = [deeds.say("a"), deeds.say("b")];
  assert.deepEqual([loads(), told], [1, []]);
  come({ say: (/** @type {string} */ word) => told.push(word) });
  assert.deepEqual(await Promise.all(answers), [1, 2]);
  assert.deepEqual(told, ["a", "b"]);
  assert.equal(deeds.say("c"), 3, "answered at once now that the module is here");
  assert.equal(loads(), 1);
});

test("a name is always the same function", () => {
  const { deeds } = coming();
  assert.equal(deeds.say, deeds.say);
  assert.notEqual(deeds.say, deeds.ask);
});

test("a module that cannot come is told of, and asked for again by the next call", async () => {
  const { deeds, told, loads, come, fail } = coming();
  const lost = deeds.say();
  fail();
  assert.equal(await lost, undefined);
  assert.deepEqual(told, ["failed"]);
  const found = deeds.say();
  come({ say: () => "here" });
  assert.equal(await found, "here");
  assert.equal(loads(), 2);
});
