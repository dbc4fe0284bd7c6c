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
    try {
      /** @type {any} */ (temml).render(latex, /** @type {HTMLElement} */ (part.element), { ...OPTIONS, displayMode: display });
    } catch {
      part.element.textContent = latex;
    }
    return noChange;
  }
}

/** Typeset LaTeX into the element it stands on: `<span ${math("x^2")}></span>`. */
export const math = directive(MathDirective);
