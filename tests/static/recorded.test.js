import assert from "node:assert/strict";
import { test } from "node:test";
import { recorded } from "../../static/recorded.js";

const GRAPH = /** @type {any} */ ({ answer: "en" });
const OTHER = /** @type {any} */ ({ answer: "pt-BR" });
const ASKED = { program: "f = x * w", values: { x: 1, w: [[2]] }, constants: ["x"], labels: {}, expand: [], update: null, detail: null };
const api = recorded({ graphs: [{ asked: /** @type {any} */ (ASKED), answers: { en: GRAPH, "pt-BR": OTHER } }], ops: [] }, (key) => key);

test("an answer is found whatever the order of its members, and without the blank ones", async () => {
  const spec = { constants: ["x"], values: { w: [[2]], x: 1 }, program: "f = x * w", update: undefined };
  assert.equal(await api.graph(spec, "en"), GRAPH);
  assert.equal(await api.graph(spec, "pt-BR"), OTHER);
});

test("what was not recorded is refused with a sentence", async () => {
  const told = /ui\.player\.none/;
  const spec = { program: "f = x * w", values: { x: 1, w: [[3]] }, constants: ["x"] };
  await assert.rejects(api.graph(spec, "en"), told);
  await assert.rejects(api.graph({ ...spec, values: ASKED.values, constants: [] }, "en"), told);
  await assert.rejects(api.program("f = x"), told);
  await assert.rejects(api.networks.graph("id", []), told);
});
