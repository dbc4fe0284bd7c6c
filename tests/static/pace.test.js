import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createPace } from "../../static/pace.js";

/** A pace whose clock is moved by hand. */
function slowly() {
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = 1000;
  mock.method(performance, "now", () => now);
  globalThis.requestAnimationFrame = (seen) => (seen(now), 0);
  let drawn = 0;
  const paced = createPace(() => (drawn += 1));
  const graph = /** @type {any} */ ({ nodes: Array.from({ length: 101 }), steps: Array.from({ length: 300 }) });
  return {
    at: (/** @type {number} */ step) => paced(/** @type {any} */ ({ graph, step, playing: false }), true),
    play: (/** @type {number} */ step) => paced(/** @type {any} */ ({ graph, step, playing: true, speed: 4 }), true),
    pass: (/** @type {number} */ time) => (now += time, mock.timers.tick(time)),
    drawn: () => drawn,
    end: () => (mock.timers.reset(), mock.restoreAll()),
  };
}

for (const before of [1, 2, 3]) {
  test(`the first glance of a drag tells what the step does, after ${before} at rest`, () => {
    const { at, pass, drawn, end } = slowly();
    assert.deepEqual(at(0), { calm: false, part: "all", dragged: false, quick: true, waiting: true }, "the picture comes first");
    pass(100);
    assert.equal(drawn(), 1, "and then what stands around it");
    for (let i = 0; i < before; i += 1) assert.equal((pass(200), at(0).part), "all");
    pass(300);
    const moves = [200, 10, 150, 40, 290, 5, 100].map((step) => (pass(60), at(step)));
    assert.ok(moves.every((move) => move.dragged));
    assert.deepEqual(moves.map(({ calm, part }) => calm && part), ["told", false, false, false, false, "told", false], "and so does each other one");
    pass(200);
    const { part, dragged } = at(100);
    assert.deepEqual([drawn(), part, dragged], [2, "all", false], "at rest everything");
    end();
  });
}

test("what a step does and the ways to it are written in turns while a long pass plays", () => {
  const { at, play, pass, end } = slowly();
  at(0);
  pass(100);
  at(0);
  const moves = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) => (pass(100), play(step)));
  assert.deepEqual(moves.map(({ calm, part }) => calm && part), [false, false, "ways", false, false, "told", false, false, "ways"]);
  end();
});
