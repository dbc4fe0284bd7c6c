/** The page of operations: formulas typeset, and the stage drawn where it is asked for. */
import temml from "../vendor/temml/temml.mjs";
import { attachContents } from "./contents.js";

const OPTIONS = { throwOnError: false, maxExpand: 200 };

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-latex]"))) {
  /** @type {any} */ (temml).render(`\\displaystyle ${place.dataset.latex}`, place, OPTIONS);
}

/** Put the stage into what was opened, and take it away when it is closed. @param {HTMLDetailsElement} details */
function follow(details) {
  const { src = "", title = "" } = details.dataset;
  details.querySelector("iframe")?.remove();
  if (!details.open) return;
  const frame = document.createElement("iframe");
  frame.loading = "lazy";
  frame.title = title;
  frame.src = src;
  details.append(frame);
}

for (const details of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".miniature"))) {
  details.addEventListener("toggle", () => follow(details));
}

attachContents();
document.documentElement.dataset.ready = "true";
