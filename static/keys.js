/** The keyboard and presenter remotes: one table of keys. Remotes send PageUp, PageDown, F5 and ".". */

/** @typedef {{ask: () => void, forward: () => void, back: () => void, play: () => void, start: () => void, end: () => void,
 *   contents: () => void, spotlight: () => void, presenter: () => void, digits: () => void, blank: () => void, full: () => void, undo: () => void, redo: () => void, projector: () => void, help: () => void, transcript: () => void,
 *   closer: () => void, further: () => void, whole: () => void, layer: () => void,
 *   train: () => void, finer: () => void, coarser: () => void, stationOn: () => void, stationBack: () => void}} KeyActions */

/** @type {Record<string, keyof KeyActions>} */
export const KEYS = {
  a: "ask", c: "contents", s: "spotlight", r: "presenter",
  ArrowRight: "forward", PageDown: "forward", n: "forward", ArrowLeft: "back", PageUp: "back", p: "back",
  " ": "play", Home: "start", End: "end", d: "digits", b: "blank", ".": "blank", f: "full", w: "projector", "?": "help", x: "transcript",
  i: "closer", o: "further", 0: "whole", t: "train", "+": "finer", "=": "finer", "-": "coarser", l: "layer", "[": "stationBack", "]": "stationOn",
};

/** @param {Element | null} element */
const inText = (element) =>
  !!element?.closest("textarea, select, [contenteditable]") ||
  (element instanceof HTMLInputElement && !["range", "checkbox", "radio", "button"].includes(element.type));

/** Where the browser has an undo of its own. @param {Element | null} element */
const typing = (element) => inText(element) && !element?.closest("select");

/**
 * @param {KeyboardEvent} event @param {Element | null} focus @param {boolean} letters
 * @returns {keyof KeyActions | null}
 */
export function actionOf(event, focus, letters) {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (typing(focus) || !/^[zy]$/i.test(key) || event.altKey) return null;
    return /y/i.test(key) || event.shiftKey ? "redo" : "undo";
  }
  const page = key === "PageUp" || key === "PageDown";
  if (inText(focus) && !page) return null;
  if (key === " " && focus?.closest("button, a, summary, [role=button], [type=checkbox]")) return null;
  if (/^(Arrow|Home|End)/.test(key) && focus instanceof HTMLInputElement && focus.type === "range" && focus.dataset.timeline === undefined) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (/^[a-z[\]+=-]$/.test(name) && !letters) return null;
  return KEYS[name] ?? null;
}

/** @param {KeyActions} actions @param {() => boolean} letters */
export function listen(actions, letters) {
  document.addEventListener("keydown", (event) => {
    const name = actionOf(event, document.activeElement, letters());
    if (!name) return;
    event.preventDefault();
    actions[name]();
  });
}
