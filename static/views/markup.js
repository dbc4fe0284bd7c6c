/** The light markup of lesson texts: paragraphs, lists, **strong** and $mathematics$. */
import { html } from "../vendor/lit-html/lit-html.js";
import { math } from "../math.js";

/** @param {string} text */
export function markup(text) {
  return text.trim().split(/\n\s*\n/).map((block) => {
    const rows = block.split("\n");
    if (rows.every((r) => r.startsWith("- ") || r.startsWith("  "))) {
      return html`<ul>${block.split(/\n?^- /m).filter(Boolean).map((r) => html`<li>${inline(r)}</li>`)}</ul>`;
    }
    return html`<p>${inline(rows.join(" "))}</p>`;
  });
}

/** @param {string} text @returns {unknown[]} */
const inline = (text) =>
  text.split(/(\$[^$]+\$|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith("$") && part.length > 2) return html`<span class="math" ${math(part.slice(1, -1))}></span>`;
    if (part.startsWith("**") && part.length > 4) return html`<strong>${inline(part.slice(2, -2))}</strong>`;
    return part;
  });
