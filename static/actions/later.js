/** Functions of a module that comes when one of them is first called. */

/**
 * Every name is there at once, as a function; until the module has come, calls wait for it, in their order.
 * @template {Record<string, any>} F
 * @param {() => Promise<F>} load  asked again when it has failed
 * @param {() => void} failed  told of a call that could not be done
 * @returns {F}
 */
export function later(load, failed) {
  /** @type {F | null} */
  let here = null;
  /** @type {Promise<F> | null} */
  let coming = null;
  /** @type {Map<string | symbol, Function>} */
  const known = new Map();

  async function all() {
    coming ??= load();
    try {
      here = await coming;
    } catch {
      coming = null;
      failed();
    }
    return here;
  }
  /** @param {string} name @returns {(...args: any[]) => any} */
  const call = (name) => (...args) => (here ? here[name](...args) : all().then((found) => found?.[name](...args)));

  return new Proxy(/** @type {F} */ ({}), {
    get: (_, name) => known.get(name) ?? known.set(name, call(String(name))).get(name),
  });
}
