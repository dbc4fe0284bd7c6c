/** A box set by numbers: `<div ${placed({ x, y, w, h })}>`; styles go through the object model, as the page's policy wants. */
import { noChange } from "../vendor/lit-html/lit-html.js";
import { Directive, PartType, directive } from "../vendor/lit-html/directive.js";

class PlacedDirective extends Directive {
  /** @param {import("../vendor/lit-html/directive.js").PartInfo} part */
  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("placed() stands on an element");
  }

  /** @param {{x: number, y: number, w?: number, h?: number}} _box */
  render(_box) {
    return noChange;
  }

  /**
   * @override
   * @param {import("../vendor/lit-html/lit-html.js").ElementPart} part
   * @param {[{x: number, y: number, w?: number, h?: number}]} args
   */
  update(part, [{ x, y, w, h }]) {
    const { style } = /** @type {HTMLElement} */ (part.element);
    style.left = `${x}px`;
    style.top = `${y}px`;
    if (w !== undefined) style.width = `${w}px`;
    if (h !== undefined) style.minHeight = `${h}px`;
    return noChange;
  }
}

export const placed = directive(PlacedDirective);
