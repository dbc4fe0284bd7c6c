import assert from "node:assert/strict";
import { test } from "node:test";
import { ends } from "../../static/embed/ends.js";
import { allowed } from "../../static/embed/origins.js";
import { snippet } from "../../static/embed/snippet.js";
import { BLANK } from "../../static/state.js";

const OWN = "http://127.0.0.1:8000";
const graph = /** @type {any} */ ({ steps: [{}, {}, {}] });
/** @param {Partial<import("../../static/state.js").State>} [more] */
const state = (more) => ({ ...BLANK, graph, ...more });
const lesson = /** @type {any} */ ({ scenes: [{ from: 0, to: 1 }, { from: 1, to: 2 }] });

test("who may speak is this site, and whom the rules name", () => {
  assert.ok(allowed(OWN, [], OWN));
  assert.ok(!allowed("https://a.example", [], OWN));
  assert.ok(allowed("null", ["*"], OWN) && !allowed("null", ["https://a.example"], OWN));
  const rules = ["https://moodle.example", "https://*.example.org"];
  for (const origin of ["https://moodle.example", "https://a.example.org", "https://a.b.example.org"]) assert.ok(allowed(origin, rules, OWN), origin);
  for (const origin of ["http://moodle.example", "https://moodle.example:8443", "https://example.org", "https://.example.org", "https://a.example.org.evil.example", "http://a.example.org"]) assert.ok(!allowed(origin, rules, OWN), origin);
});

test("the ends of what is shown", () => {
  assert.deepEqual(ends(state({ graph: null }), null), { first: true, last: true });
  assert.deepEqual(ends(state(), null), { first: true, last: false });
  assert.deepEqual(ends(state({ step: 3 }), null), { first: false, last: true });
  assert.deepEqual(ends(state({ beat: 1 }), null), { first: false, last: false });
  assert.deepEqual(ends(state({ step: 1 }), lesson), { first: false, last: false });
  assert.deepEqual(ends(state({ step: 2, scene: 1 }), lesson), { first: false, last: true });
  assert.deepEqual(ends(state({ step: 2, scene: 1, symbols: 1 }), lesson).last, false);
  assert.deepEqual(ends(state({ step: 3, network: "n", level: "epoch" }), null).last, false);
});

test("the frame to copy says what differs from the page itself, and stays in its attribute", () => {
  const text = snippet(state({ program: 'f = "<x>', step: 2, lang: "pt-BR", folded: true, network: "secret" }), /** @type {any} */ ({ base: "/gradwalk", lesson: null }), OWN, 'a "b" <c>');
  const src = /src="([^"]+)"/.exec(text)?.[1].replaceAll("&amp;", "&") ?? "";
  const url = new URL(src);
  assert.equal(url.pathname, "/gradwalk/embed/lab");
  assert.deepEqual(Object.fromEntries(url.searchParams), { program: 'f = "<x>', step: "2", lang: "pt-BR" });
  assert.match(text, /title="a &quot;b&quot; &lt;c>"/);
});
