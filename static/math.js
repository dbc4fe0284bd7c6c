import temml from "./vendor/temml/temml.mjs";
import { noChange } from "./vendor/lit-html/lit-html.js";
import { Directive, PartType, directive } from "./vendor/lit-html/directive.js";

const OPTIONS = { trust: (/** @type {{command: string}} */ c) => c.command === "\\class", throwOnError: false, maxExpand: 200, maxSize: [10, 100] };

class MathDirective extends Directive {
  /** @type {string | null} */
  last = null;

  /** @param {import("./vendor/lit-html/directive.js").PartInfo} part */
  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("math() stands on an element");
  }

  /** @param {string} _latex @param {boolean} [_display] */
  render(_latex, _display) {
    return noChange;
  }

  /**
   * @override
   * @param {import("./vendor/lit-html/lit-html.js").ElementPart} part
   * @param {[string, boolean?]} args
   */
  update(part, [latex, display = false]) {
    const key = `${display}${latex}`;
    if (key === this.last) return noChange;
    this.last = key;
    part.element.replaceChildren(typeset(latex, display).cloneNode(true));
    return noChange;
  }
}

/** What was typeset before: a page writes few formulas, and the same ones again and again as steps go by. @type {Map<string, Node>} */
const known = new Map();
const MOST = 2000;

/** @param {string} latex @param {boolean} display */
function typeset(latex, display) {
  const key = `${display}${latex}`;
  const found = known.get(key) ?? written(latex, display);
  if (known.size >= MOST) known.clear();
  known.set(key, found);
  return found;
}

/** @param {string} latex @param {boolean} display @returns {Node} */
function written(latex, display) {
  const host = document.createElement("span");
  try {
    /** @type {any} */ (temml).render(latex, host, { ...OPTIONS, displayMode: display });
  } catch {
    host.textContent = latex;
  }
  const made = document.createDocumentFragment();
  made.append(...host.childNodes);
  return made;
}

/** Typeset LaTeX into the element it stands on: `<span ${math("x^2")}></span>`. */
export const math = directive(MathDirective);
