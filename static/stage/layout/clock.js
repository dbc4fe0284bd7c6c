/**
 * A clock that does not count while the page itself is held up: of a tick that comes late only its
 * own length counts, so that an answer that has been waiting meanwhile is still heard.
 */

/** So many ticks until it rings. */
const TICKS = 20;

/** @param {number} milliseconds @param {() => void} ring */
export function clock(milliseconds, ring) {
  let left = TICKS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function tick() {
    left -= 1;
    if (left > 0) timer = setTimeout(tick, milliseconds / TICKS);
    else ring();
  }
  function start() {
    clearTimeout(timer);
    left = TICKS;
    timer = setTimeout(tick, milliseconds / TICKS);
  }
  start();
  return { /** All of the time is left again. */ restart: start, stop: () => clearTimeout(timer) };
}
