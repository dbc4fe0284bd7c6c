/**
 * Cards out of sight come later, some in each task: of a graph that comes onto an empty stage after
 * its first picture, and of steps that go by quickly when the playhead rests.
 */

/** So many in one task; in the first one, which the ledger's ways take, one. */
const MORE = 100;

/** @typedef {import("./scene.js").Scene} Scene */

/** @param {() => void} draw */
export function createBeyond(draw) {
  let [drawn, cards] = [Infinity, 0];
  /** @type {Scene | null} */
  let last = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {(() => void)[]} */
  const waiting = [];

  function more() {
    timer = undefined;
    drawn += drawn ? MORE : 1;
    draw();
  }

  return {
    /** How many are drawn anew; asked at every drawing. @param {Scene | null} scene
     * @param {boolean} quick  whether only what is in sight is wanted; all are where they stand at other places than before */
    beyond(scene, quick) {
      if (quick) drawn = scene && !scene.large && (!last || last === scene) ? 0 : Infinity;
      [last, cards] = [scene, scene?.description.cards.length ?? 0];
      clearTimeout(timer);
      if (!quick && drawn < cards) timer = setTimeout(more);
      if (drawn < cards) return drawn;
      waiting.splice(0).forEach((done) => done());
      return Infinity;
    },
    /** Settled once all are drawn. @returns {Promise<void>} */
    all: () => new Promise((done) => void (drawn < cards ? waiting.push(done) : done())),
  };
}
