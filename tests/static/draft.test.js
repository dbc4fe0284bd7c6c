import assert from "node:assert/strict";
import { test } from "node:test";
import { curve } from "../../static/network/curves.js";
import { ACTIVATIONS, FIRST, MOST_LAYERS, count, draftOf, driven, inserted, readDraft, requestOf, shallower, sized, withLayer } from "../../static/network/draft.js";
import { answersOf, fed, settled } from "../../static/network/ends.js";
import { patchOf, same } from "../../static/network/patch.js";
import { gist, readRecent, withRecent, withoutRecent, MOST } from "../../static/network/recent.js";
import { drawingUp, shown, standing } from "../../static/network/shown.js";
import { readAddress } from "../../static/state.js";
import { adapted, printShape, programmed, readShape } from "../../static/network/written.js";

/** @typedef {import("../../static/network/draft.js").Draft} Draft */

const set = (/** @type {Partial<import("../../static/network/ends.js").Fed>} */ fields) => ({ features: ["a", "b"], classes: [], targets: [], ...fields });

test("a network of 2, 3 and 1 neurons learns 13 numbers, without biases 9", () => {
  assert.equal(count(FIRST), 13);
  assert.equal(count(withLayer(withLayer(FIRST, 0, { bias: false }), 1, { bias: false })), 9);
});

test("a layer keeps at least one neuron, and whole ones", () => {
  assert.equal(sized(FIRST, 1, 0).layers[1].units, 1);
  assert.equal(sized(FIRST, 0, 4.7).layers[0].units, 4);
  assert.equal(sized(FIRST, 0, 1e9).layers[0].units, 4096);
  assert.equal(FIRST.layers[0].units, 3);
});

test("a layer can be put between any two columns and goes again; the output stays", () => {
  assert.deepEqual(inserted(FIRST, 0).layers.map((l) => l.units), [3, 3, 1]);
  const deep = inserted(withLayer(FIRST, 0, { units: 5, activation: "relu" }), 1);
  assert.deepEqual(deep.layers.map((l) => [l.units, l.activation]), [[5, "relu"], [3, "relu"], [1, "sigmoid"]]);
  assert.deepEqual(shallower(inserted(FIRST, 1), 1), FIRST);
  assert.equal(shallower(FIRST, 1), FIRST);
  let most = FIRST;
  for (let i = 0; i < 2 * MOST_LAYERS; i += 1) most = inserted(most, 1);
  assert.equal(most.layers.length, MOST_LAYERS);
});

test("each kind of data gets the output and the loss that it needs", () => {
  const three = fed(FIRST, set({ classes: ["a", "b", "c"] }), { name: "blobs" });
  assert.deepEqual([three.layers.at(-1)?.units, three.layers.at(-1)?.activation, three.loss], [3, "linear", "cross_entropy"]);
  const two = fed(three, set({ classes: ["a", "b"], features: ["u"] }), { name: "moons" });
  assert.deepEqual([two.inputs, two.layers.at(-1)?.units, two.layers.at(-1)?.activation, two.loss], [1, 1, "sigmoid", "half_mse"]);
  const curve = fed(FIRST, set({ targets: ["y", "z"] }), { name: "sine" });
  assert.deepEqual([curve.layers.at(-1)?.units, curve.layers.at(-1)?.activation, curve.loss], [2, "linear", "mse"]);
});

test("an output and a loss that suit the new data are kept, others are not", () => {
  const chosen = { ...withLayer(FIRST, 1, { activation: "linear" }), loss: "bce_with_logits" };
  assert.equal(fed(chosen, set({ classes: ["a", "b"] }), { name: "moons" }).loss, "bce_with_logits");
  const line = fed(FIRST, set({ targets: ["y"] }), { name: "line" });
  assert.deepEqual([line.loss, line.layers.at(-1)?.activation], ["mse", "linear"]);
  assert.equal(fed(line, set({ classes: ["a", "b"] }), { name: "moons" }).layers.at(-1)?.activation, "sigmoid");
  assert.deepEqual([answersOf(set({ classes: ["a", "b"] })), answersOf(set({ classes: ["a", "b", "c"] })), answersOf(set({ targets: ["u", "v"] }))], [1, 3, 2]);
});

test("a table keeps the layers that still fit, and the size of the batch", () => {
  const own = fed({ ...FIRST, batch_size: 2, data: { csv: "…" } }, set({ classes: ["a", "b"] }), { csv: "…", x: ["u", "v"] });
  assert.deepEqual([own.layers, own.loss, own.batch_size], [FIRST.layers, "half_mse", 2]);
  assert.equal(fed(own, set({ classes: ["a", "b"] }), { name: "moons" }).batch_size, undefined);
});

test("data read again leave the ends alone unless they ask for others", () => {
  const pair = set({ classes: ["a", "b"] });
  assert.equal(settled(FIRST, null, pair), true);
  assert.equal(settled(FIRST, pair, set({ targets: ["y"] })), false);
  assert.equal(settled(FIRST, null, set({ classes: ["a", "b", "c"] })), false);
  assert.equal(settled(FIRST, pair, set({ classes: ["a", "b"], features: ["u"] })), false);
});

test("another optimizer keeps the learning rate and nothing else", () => {
  assert.deepEqual(driven({ ...FIRST, optimizer: { name: "sgd", learning_rate: 0.3, momentum: 0.9 } }, "adam").optimizer, { name: "adam", learning_rate: 0.3 });
});

test("the server is asked for layers or for a program, never for both", () => {
  const written = { ...FIRST, ...programmed(FIRST), name: "" };
  assert.deepEqual(["inputs", "layers", "program", "trainable", "shapes", "name"].filter((key) => key in requestOf(written)), ["program", "trainable", "shapes"]);
  assert.deepEqual(requestOf({ ...FIRST, batch_size: undefined }), FIRST);
  assert.deepEqual(requestOf({ ...written, program: undefined, trainable: undefined, shapes: undefined, name: undefined }), FIRST);
});

test("a network that stands becomes a draft again, without the values that it began with by chance", () => {
  const draft = draftOf({ ...FIRST, parameters: {}, batch_size: 4 }, "mine");
  assert.deepEqual(draft, { ...FIRST, batch_size: 4, name: "mine" });
  assert.deepEqual(draftOf({ ...FIRST, parameters: { b1: [1, 2, 3] } }).parameters, { b1: [1, 2, 3] });
  assert.deepEqual(draftOf({ program: "L = mse(x * w, y)", trainable: ["w"], data: {} }).layers, FIRST.layers);
});

test("a draft in an address is read where it is one, and what it leaves out is that of the first", () => {
  assert.deepEqual(readDraft({ seed: 3 }), { ...FIRST, seed: 3 });
  assert.deepEqual(readDraft(JSON.parse(JSON.stringify({ ...FIRST, ...programmed(FIRST) }))).shapes?.W1, [2, 3]);
  for (const bad of [{ layers: [] }, { layers: [{}] }, { layers: 3 }, { optimizer: {} }, { optimizer: null }, { data: null }, { data: { name: 3 } }, { inputs: "2" }, { init: 3 }, { program: 1 }]) {
    assert.deepEqual(readAddress(`?build=${encodeURIComponent(JSON.stringify(bad))}`, {}), { state: {}, bad: ["build"] });
  }
});

test("what a network takes as it stands is a change to it; the rest makes a new one", () => {
  const from = { ...FIRST, optimizer: { name: "sgd", learning_rate: 0.5, momentum: 0 }, batch_size: 4 };
  assert.deepEqual(patchOf(from, { ...from, optimizer: { name: "sgd", learning_rate: 0.1, momentum: 0 } }), { optimizer: { learning_rate: 0.1 } });
  assert.deepEqual(patchOf(from, { ...from, optimizer: { name: "adam", learning_rate: 0.5 } }), { optimizer: { name: "adam", learning_rate: 0.5 } });
  assert.deepEqual(patchOf(from, { ...from, name: "a", shuffle: true, batch_size: undefined }), { name: "a", shuffle: true });
  assert.deepEqual(patchOf({ ...from, name: "a" }, from), { name: null });
  assert.deepEqual(patchOf({ ...from, schedule: { name: "step" } }, from), { schedule: null });
  assert.deepEqual(patchOf(from, { ...from }), {});
  for (const change of [{ seed: 1 }, { loss: "mse" }, { init: "zeros" }, { held_out: 0.2 }, { standardise: true }, sized(FIRST, 0, 4)]) assert.equal(patchOf(from, { ...from, ...change }), null);
});

test("equal is what is equal as JSON", () => {
  assert(same({ a: [1, { b: 2 }], c: undefined }, { a: [1, { b: 2 }] }));
  for (const [a, b] of [[1, "1"], [[1], { 0: 1 }], [null, {}], [{ a: 1 }, { a: 2 }], [[1, 2], [1]]]) assert(!same(a, b));
});

test("networks of this browser are listed once, newest first, and whatever storage holds is read", () => {
  const one = (/** @type {string} */ id) => ({ id, name: id, of: "2–1 · xor", at: 1 });
  let list = ["a", "b", "a"].reduce((/** @type {any[]} */ all, id) => withRecent(all, one(id)), []);
  assert.deepEqual(list.map((r) => r.id), ["a", "b"]);
  assert.deepEqual(withoutRecent(list, "a").map((r) => r.id), ["b"]);
  for (let i = 0; i < 30; i += 1) list = withRecent(list, one(String(i)));
  assert.equal(list.length, MOST);
  assert.deepEqual(readRecent(JSON.stringify(list)), list);
  for (const bad of [null, "", "{", "3", "null", "[3, null, {}]"]) assert.deepEqual(readRecent(bad), []);
  assert.equal(gist(FIRST), "2–3–1 · xor");
  assert.equal(gist({ program: "…", data: { csv: "" } }), "f(x) · CSV");
});

test("the stage belongs to the draft until there is a network, and while one is thought over", () => {
  const net = /** @type {any} */ ({ spec: { ...FIRST, seed: 5 }, name: null });
  const at = (/** @type {object} */ s) => /** @type {any} */ ({ left: "network", network: "", net: null, drafting: false, build: FIRST, ...s });
  assert.deepEqual([drawingUp(at({})), standing(at({})), shown(at({}))], [true, false, FIRST]);
  assert.deepEqual([drawingUp(at({ left: "program" })), drawingUp(at({ network: "n", net })), drawingUp(at({ network: "n", net, drafting: true }))], [false, false, true]);
  assert.equal(shown(at({ network: "n", net })).seed, 5);
  assert.equal(shown(at({ network: "n", net })), shown(at({ network: "n", net })));
  assert.equal(shown(at({ network: "n", net, drafting: true })), FIRST);
});

test("layers are written as the program that they stand for", () => {
  const written = programmed(withLayer(withLayer(FIRST, 0, { bias: false }), 1, { activation: "linear" }));
  assert.equal(written.program, "s1 = x @ W1\na1 = tanh(s1)\ns2 = a1 @ W2 + b2\nL = half_mse(s2, y)");
  assert.deepEqual(written.shapes, { W1: [2, 3], W2: [3, 1], b2: [1] });
  assert.deepEqual(written.trainable, ["W1", "W2", "b2"]);
});

test("another text keeps what is trained, drops what is gone and takes in what is new", () => {
  const leaf = (/** @type {string} */ name, value = null) => ({ name, default: value });
  const draft = /** @type {Draft} */ ({ ...FIRST, program: "…", trainable: ["w", "v"], shapes: { w: [2, 1], v: [3] } });
  const next = adapted(draft, [leaf("x"), leaf("w"), leaf("k"), leaf("y"), leaf("u"), leaf("c", /** @type {any} */ (2))], [leaf("w"), leaf("v"), leaf("k")]);
  assert.deepEqual([next.trainable, next.shapes], [["w", "u"], { w: [2, 1], u: [] }]);
  const fresh = adapted({ ...FIRST, program: "a = sigmoid(x @ W + b)" }, [leaf("x"), leaf("W"), leaf("b")], []);
  assert.deepEqual([fresh.trainable, fresh.shapes], [["W", "b"], { W: [2, 1], b: [] }]);
});

test("shapes are read as they are written", () => {
  for (const [text, shape] of [["2 × 3", [2, 3]], ["2x3", [2, 3]], ["4", [4]], ["", []], ["2, 3", [2, 3]]]) assert.deepEqual(readShape(/** @type {string} */ (text)), shape);
  for (const text of ["a", "2 × 0", "1.5", "2 ×"]) assert.equal(readShape(text), null);
  assert.equal(printShape([2, 3]), "2 × 3");
});

test("each activation that can be chosen has a picture in its box", () => {
  for (const name of ACTIVATIONS) {
    const numbers = curve(name, 10).match(/-?[\d.]+/g)?.map(Number) ?? [];
    assert.equal(numbers.length, 50, name);
    assert(numbers.every((v) => Math.abs(v) <= 10), name);
  }
  assert.equal(curve("unknown", 10), "");
});
