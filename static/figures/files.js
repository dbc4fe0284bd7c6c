/** Every file that can be made of the stage: one row each, its name's ending and how it is made. */
import { frame } from "../player.js";
import { plain } from "../names.js";
import { latexOfNode } from "../indexed.js";
import { latexOf } from "./latex.js";
import { printPages } from "./pages.js";
import { playerOf } from "./player.js";
import { pngOf } from "./png.js";
import { positions } from "./positions.js";
import { save } from "./save.js";
import { svgOf } from "./svg.js";
import { PREAMBLE, tikzDocument, tikzPicture } from "./tikz.js";
import { zipped } from "./zip.js";

/** @typedef {import("../views/context.js").Context} Context */
/** @typedef {import("../player.js").Position} Position */
/** @typedef {keyof typeof FILES} Kind */
/** @typedef {(done: number, of: number) => Promise<void>} Told  how far a longer work is */

const FILES = {
  svg: { ending: ".svg", make: async (/** @type {Context} */ c) => new Blob([(await pictured(c, here(c))).text], { type: "image/svg+xml" }) },
  png1: { ending: ".png", make: async (/** @type {Context} */ c) => pngOf(await pictured(c, here(c)), 1) },
  png2: { ending: "@2x.png", make: async (/** @type {Context} */ c) => pngOf(await pictured(c, here(c)), 2) },
  png4: { ending: "@4x.png", make: async (/** @type {Context} */ c) => pngOf(await pictured(c, here(c)), 4) },
  tikz: { ending: ".tex", make: async (/** @type {Context} */ c) => new Blob([tikzDocument(c, here(c))], { type: "application/x-tex" }) },
  latex: { ending: "-chain-rule.tex", make: async (/** @type {Context} */ c) => new Blob([latexOf(c)], { type: "application/x-tex" }) },
  pages: { ending: "", make: (/** @type {Context} */ c, /** @type {Told} */ told) => printPages(c, pass(c), told) },
  zip: { ending: "-pass.zip", make: images },
  gif: { ending: "-pass.gif", make: animation },
  beamer: { ending: "-beamer.tex", make: beamer },
  html: { ending: ".html", make: playerOf },
  worksheet: { ending: "", make: worksheet },
};

/** Wider than this a drawing fills the width of a slide, else its height. */
const WIDE = 2;

/** Make a file and hand it to the reader; what goes wrong is said. @param {Context} c @param {Kind} kind
 * @param {import("../worksheet/worksheet.js").Asked} [asked]  of a worksheet */
export async function figure(c, kind, asked = {}) {
  const { ending, make } = FILES[kind];
  const told = async (/** @type {number} */ done, /** @type {number} */ of) => {
    c.store.set({ making: { done, of } });
    await new Promise((next) => requestAnimationFrame(next));
  };
  try {
    await told(0, 1);
    const made = await make(c, told, asked);
    if (made) save(`${named(c)}${ending}`, made);
  } catch (error) {
    c.store.set({ toast: c.t("ui.figures.failed", { why: error instanceof Error ? error.message : String(error) }) });
  } finally {
    c.store.set({ making: null });
  }
}

/** @param {Context} c @param {Told} told @param {import("../worksheet/worksheet.js").Asked} asked */
async function worksheet(c, told, asked) {
  const { printWorksheet } = await import("../worksheet/worksheet.js");
  return printWorksheet(c, told, asked);
}

/** @param {Context} c @returns {Position} */
const here = ({ state }) => ({ step: state.step, beat: state.beat });

/** The positions of the pass, in beats where the page goes by beats. @param {Context} c */
const pass = ({ scope, state }) => (scope ? positions(scope.graph, state.beats) : []);

/** @param {Context} c @param {Position} at @param {boolean} [whole] */
const pictured = (c, at, whole = false) => svgOf(c, at, { whole, title: title(c, at) });

/** What a picture shows, for those who do not see it. @param {Context} c @param {Position} at */
function title({ scope, t }, at) {
  const graph = /** @type {import("../types.js").Graph} */ (scope?.graph);
  const { step, index } = frame(graph, at);
  const position = t("ui.stepOf", { step: index + 1, total: graph.steps.length });
  return `${plain(latexOfNode(graph, graph.output))} · ${position}${step?.text ? `. ${step.text}` : ""}`;
}

/** @param {Context} c */
const named = ({ config, state }) => `gradwalk-${config.lesson?.slug ?? "graph"}-${String(state.step).padStart(2, "0")}`;

/** Every picture of the pass as PNG, twice as large as on the screen. @param {Context} c @param {Told} told */
async function images(c, told) {
  const all = pass(c);
  const files = [];
  for (const [i, at] of all.entries()) {
    await told(i, all.length);
    const blob = await pngOf(await pictured(c, at, true), 2);
    files.push({ name: `step-${String(i).padStart(3, "0")}.png`, bytes: new Uint8Array(await blob.arrayBuffer()) });
  }
  return new Blob([zipped(files)], { type: "application/zip" });
}

/** @param {Context} c @param {Told} told */
async function animation(c, told) {
  const all = pass(c);
  const pictures = async function* () {
    for (const [i, at] of all.entries()) {
      await told(i, all.length);
      yield await pictured(c, at, true);
    }
  };
  // What makes GIFs is fetched by those who want one.
  const { gifOf } = await import("./gif.js");
  return gifOf(pictures(), all.length);
}

/** One frame of Beamer, an overlay for every position. @param {Context} c @param {Told} told */
async function beamer(c, told) {
  const all = pass(c);
  const overlays = [];
  const size = c.scene && c.scene.world.w > WIDE * c.scene.world.h ? "\\textwidth}{!" : "!}{0.94\\textheight";
  for (const [i, at] of all.entries()) {
    await told(i, all.length);
    overlays.push(`\\only<${i + 1}>{\\resizebox{${size}}{%\n${tikzPicture(c, at, true)}}}%\n`);
  }
  return new Blob([`\\documentclass[aspectratio=169]{beamer}\n\\usepackage{tikz}\n${PREAMBLE}\\setbeamertemplate{navigation symbols}{}\n\\begin{document}\n\\begin{frame}[plain]\n\\centering\n${overlays.join("")}\\end{frame}\n\\end{document}\n`], { type: "application/x-tex" });
}
