/** Going from lesson to lesson: what is the lesson's own, and what stays. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { arrived } from "../../static/presenting/visit.js";
import { BLANK } from "../../static/state.js";

/** @param {object} scene */
const lesson = (scene) => /** @type {import("../../static/types.js").Lesson} */ (/** @type {unknown} */ ({
  slug: "one", number: "1", title: { en: "One" },
  graphs: { f: { program: "f = x * y", values: { x: 2, y: 3 } } },
  scenes: [{ id: "first", graph: "f", from: 1, title: { en: "" }, text: { en: "" }, ...scene }],
}));

test("a lesson opens as its author wrote it, in the look that the page has", () => {
  const before = { ...BLANK, theme: "dark", projector: true, digits: 3, lang: "pt-BR", step: 9, tool: "present", camera: { x: 1, y: 2, k: 3 }, history: [{ iteration: 1, weights: {}, loss: 1 }] };
  const found = arrived(/** @type {any} */ (before), lesson({ ask: ["value f"] }), "?theme=light&lang=en");
  assert.deepEqual([found.theme, found.projector, found.digits, found.lang], ["dark", true, 3, "pt-BR"]);
  assert.deepEqual([found.program, found.draft, found.values, found.step], ["f = x * y", "f = x * y", { x: 2, y: 3 }, 1]);
  assert.deepEqual([found.tool, found.camera, found.history, found.graph], ["", null, [], null]);
  assert.deepEqual([found.ask, found.beats], ["lesson", true]);
});

test("what was chosen holds in the next lesson, where it can", () => {
  const chosen = { ...BLANK, ask: "third", askChosen: true, beats: false, revealChosen: true };
  const found = arrived(chosen, lesson({ ask: ["value f"] }), "");
  assert.deepEqual([found.ask, found.beats, found.askChosen, found.revealChosen], ["third", false, true, true]);
  assert.equal(arrived({ ...chosen, ask: "off" }, lesson({ ask: ["value f"] }), "").ask, "off");
  assert.equal(arrived({ ...chosen, ask: "lesson" }, lesson({}), "").ask, "off", "a lesson without questions asks none");
  assert.equal(arrived({ ...chosen, askChosen: false }, lesson({}), "").ask, "off");
});

test("the history returns to where a lesson was left", () => {
  const found = arrived(BLANK, lesson({}), "?step=3&values=%7B%22x%22%3A5%2C%22y%22%3A1%7D&select=x");
  assert.deepEqual([found.step, found.values, found.select], [3, { x: 5, y: 1 }, "x"]);
});
