/** The mathematics beside the stage as LaTeX: the step's equations, and the chain rule as far as it has come. */
import { chainLines, lines } from "../views/ledger.js";
import { COLOURS, coloured } from "./coloured.js";

/** @typedef {import("../views/context.js").Context} Context */

/** @param {Pick<Context, "state" | "scope" | "t">} c  at the position that is to be written down */
export function latexOf(c) {
  const step = lines(c).map((line) => line.pieces.join(" "));
  const chain = chainLines(c)?.lines.map((line) => line.pieces.join(" ")) ?? [];
  const shown = (/** @type {string} */ tex) => `\\[ ${coloured(tex)} \\]\n`;
  const aligned = chain.length ? `\\begin{align*}\n${chain.map((tex) => `  ${coloured(tex).replace(/^\{\} = \{\}|=/, "&=")}`).join(" \\\\\n")}\n\\end{align*}\n` : "";
  return `% \\usepackage{amsmath,xcolor}\n${defined}${step.map(shown).join("")}${aligned}`;
}

const defined = Object.entries(COLOURS).map(([name, hex]) => `\\definecolor{${name}}{HTML}{${hex}}\n`).join("");
