/** @typedef {Record<string, string>} Messages */

/**
 * A translator over the catalogue that is in use; an unknown key shows itself, so that it is noticed.
 * @param {() => Messages} messages
 */
export const translator = (messages) =>
  /** @param {string} key @param {Record<string, string | number>} [params] */
  (key, params = {}) =>
    filled(messages()[key] ?? key, params);

const HOLE = /\{(\w+)\}/g;

/** @param {string} template @param {Record<string, string | number>} params */
const filled = (template, params) => template.replace(HOLE, (whole, name) => String(params[name] ?? whole));

/** So many letters of its own a message must have to be known again. */
const KNOWN = 8;

/** A sentence of one catalogue in the words of another; "" where no message says it.
 * @param {string} text @param {Messages} from @param {Messages} to */
export function retold(text, from, to) {
  const found = Object.entries(from).map(([key, template]) => ({ key, own: template.replace(HOLE, "").length, params: paramsOf(text, template) }))
    .filter(({ key, own, params }) => params && own >= Math.min(KNOWN, text.length) && to[key]).sort((a, b) => b.own - a.own)[0];
  return found?.params ? filled(to[found.key], found.params) : "";
}

/** What stands where a message has holes; null where the text is not that message.
 * @param {string} text @param {string} template @returns {Record<string, string> | null} */
function paramsOf(text, template) {
  const pattern = template.split(HOLE).map((part, i) => (i % 2 ? "(.*)" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))).join("");
  const read = new RegExp(`^${pattern}$`, "s").exec(text);
  return read && Object.fromEntries([...template.matchAll(HOLE)].map(([, name], i) => [name, read[i + 1]]));
}
