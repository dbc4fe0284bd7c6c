/** Cards out of sight: of a graph that comes onto an empty stage they are drawn after its first picture, some in each task. */

/** So many in one task. */
const MORE = 100;

/** @param {() => void} draw */
export function createBeyond(draw) {
  let [drawn, cards, stood] = [Infinity, 0, false];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {(() => void)[]} */
  const waiting = [];

  function more() {
    timer = undefined;
    drawn += MORE;
    draw();
  }

  return {
    /** How many are drawn; asked at every drawing. @param {import("./scene.js").Scene | null} scene
     * @param {boolean} opening  whether the graph's first picture is still to come */
    beyond(scene, opening) {
      if (opening && scene && !stood) drawn = scene.large ? Infinity : 0;
      stood = scene !== null;
      cards = scene?.description.cards.length ?? 0;
      if (!opening && drawn < cards) timer ??= setTimeout(more);
      if (drawn < cards) return drawn;
      waiting.splice(0).forEach((done) => done());
      return Infinity;
    },
    /** Settled once all are drawn. @returns {Promise<void>} */
    all: () => new Promise((done) => void (drawn < cards ? waiting.push(done) : done())),
  };
}
