/** The pass on paper or as PDF: a 16:9 page for every position, by the browser's own print dialog. */
import { svgOf } from "./svg.js";

/** @param {import("../views/context.js").Context} c @param {import("../player.js").Position[]} all
 * @param {import("./files.js").Told} told @returns {Promise<null>} */
export async function printPages(c, all, told) {
  const sheets = document.createElement("div");
  sheets.className = "print-pages";
  for (const [i, at] of all.entries()) {
    await told(i, all.length);
    const { text } = await svgOf(c, at, { fonts: false, whole: true });
    const page = document.createElement("figure");
    page.append(document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true));
    sheets.append(page);
  }
  printed(sheets);
  return null;
}

/** Let the browser print these pages alone, and take them away afterwards. @param {HTMLElement} sheets */
export function printed(sheets) {
  document.body.append(sheets);
  document.documentElement.classList.add("printing-pages");
  addEventListener("afterprint", () => {
    sheets.remove();
    document.documentElement.classList.remove("printing-pages");
  }, { once: true });
  print();
}
