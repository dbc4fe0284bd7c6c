/**
 * One plain frozen state, and who wants to know when it changes.
 * @template {object} S
 * @param {S} initial
 */
export function createStore(initial) {
  let state = Object.freeze({ ...initial });
  /** @type {Set<(state: S, before: S) => void>} */
  const listeners = new Set();
  return {
    get: () => state,
    /** @param {Partial<S>} change */
    set(change) {
      const before = state;
      state = Object.freeze({ ...state, ...change });
      for (const listener of [...listeners]) listener(state, before);
    },
    /** @param {(state: S, before: S) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Wait for a state. @param {(state: S) => boolean} holds @returns {Promise<void>}  at once where it holds already */
    until(holds) {
      if (holds(state)) return Promise.resolve();
      return new Promise((resolve) => {
        const listener = (/** @type {S} */ now) => void (holds(now) && listeners.delete(listener) && resolve());
        listeners.add(listener);
      });
    },
  };
}
