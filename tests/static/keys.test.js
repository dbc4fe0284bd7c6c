import assert from "node:assert/strict";
import { test } from "node:test";

class Field {
  /** @param {string} type @param {Record<string, string>} [dataset] */
  constructor(type, dataset = {}) {
    this.type = type;
    this.dataset = dataset;
  }

  closest() {
    return null;
  }
}
/** @type {any} */ (globalThis).HTMLInputElement = Field;
const { actionOf } = await import("../../static/keys.js");

/** An element that only says which selector it is inside. @param {string} kind @returns {any} */
const inside = (kind) => ({ closest: (/** @type {string} */ s) => (s.split(", ").includes(kind) ? {} : null) });
/** @param {string} type @param {Record<string, string>} [dataset] @returns {any} */
const field = (type, dataset) => new Field(type, dataset);
/** @param {string} key @param {object} [held] @returns {any} */
const press = (key, held = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

/** @type {[string, string][]} */
const ANYWHERE = [
  ["ArrowRight", "forward"], ["PageDown", "forward"], ["n", "forward"], ["N", "forward"],
  ["ArrowLeft", "back"], ["PageUp", "back"], ["p", "back"], ["P", "back"], [" ", "play"],
  ["Home", "start"], ["End", "end"], ["d", "digits"], ["b", "blank"], [".", "blank"],
  ["a", "ask"], ["i", "closer"], ["o", "further"], ["0", "whole"], ["t", "train"], ["T", "train"], ["+", "finer"], ["=", "finer"], ["-", "coarser"],
];

for (const [key, action] of ANYWHERE) {
  test(`${key} means ${action}`, () => assert.equal(actionOf(press(key), null, true), action));
  test(`${key} means ${action} on the timeline`, () => {
    assert.equal(actionOf(press(key), field("range", { timeline: "" }), true), action);
  });
}

test("in a text field only the pages step", () => {
  for (const place of [inside("textarea"), field("text"), field("number")]) {
    for (const [key, action] of ANYWHERE) {
      assert.equal(actionOf(press(key), place, true), key.startsWith("Page") ? action : null, key);
    }
  }
});

test("a focused button keeps Space, and nothing else", () => {
  assert.equal(actionOf(press(" "), inside("button"), true), null);
  assert.equal(actionOf(press("ArrowRight"), inside("button"), true), "forward");
});

test("another slider keeps its arrows", () => {
  for (const key of ["ArrowRight", "ArrowLeft", "Home", "End"]) assert.equal(actionOf(press(key), field("range"), true), null);
  assert.equal(actionOf(press("t"), field("range"), true), "train");
  assert.equal(actionOf(press("PageDown"), field("range"), true), "forward");
});

test("letters can be switched off", () => {
  for (const key of ["n", "p", "d", "b", "f", "w", "N", "t", "+", "-"]) assert.equal(actionOf(press(key), null, false), null);
  for (const key of ["ArrowRight", "PageUp", "Home", "."]) assert(actionOf(press(key), null, false));
});

test("a held Control or Alt leaves the browser's own keys alone, but for undo and redo", () => {
  for (const key of ["n", "p", "d", "f", "ArrowLeft", "Home"]) {
    for (const held of ["ctrlKey", "metaKey", "altKey"]) {
      assert.equal(actionOf(press(key, { [held]: true }), null, true), null);
    }
  }
  assert.equal(actionOf(press("z", { ctrlKey: true }), null, true), "undo");
  assert.equal(actionOf(press("z", { ctrlKey: true, shiftKey: true }), null, true), "redo");
  assert.equal(actionOf(press("y", { ctrlKey: true }), null, true), "redo");
  assert.equal(actionOf(press("z", { ctrlKey: true }), inside("textarea"), true), null);
  const select = { closest: (/** @type {string} */ s) => (s.includes("select") ? {} : null) };
  assert.equal(actionOf(press("z", { ctrlKey: true }), /** @type {any} */ (select), true), "undo");
  assert.equal(actionOf(press("ArrowRight"), /** @type {any} */ (select), true), null);
});

test("keys that the browser or a control needs mean nothing here", () => {
  for (const key of ["F5", "Tab", "Enter", "Escape", "ArrowUp", "ArrowDown", "q"]) {
    assert.equal(actionOf(press(key), null, true), null, key);
  }
});
