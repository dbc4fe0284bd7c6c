/** @typedef {Record<string, string>} Messages */

/**
 * A translator over the catalogue that is in use; an unknown key shows itself, so that it is noticed.
 * @param {() => Messages} messages
 */
export const translator = (messages) =>
  /** @param {string} key @param {Record<string, string | number>} [params] */
  (key, params = {}) =>
    (messages()[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
