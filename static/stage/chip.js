/**
 * The numbers of the active step where they belong along its edge, so that reading follows the
 * arrow: what arrives ← × local ← global, from left to right as the picture stands.
 */
import { svg, nothing } from "../vendor/lit-html/lit-html.js";
import { number } from "../format.js";
import { fill } from "../formula.js";
import { latexOfNode, nodeOf } from "../indexed.js";
import { plain, runs } from "../names.js";
import { shapeOf } from "../network/element.js";
import { toldStep } from "../words.js";
import { asRows } from "./cells.js";
import { matrix } from "./matrix.js";
import { extent, spans } from "./text.js";
import { updateParts } from "./update.js";

/** @typedef {import("../formula.js").Scope} Scope */
/** @typedef {import("./metrics.js").Metrics} Metrics */
/** @typedef {{kind: string, caption: string, text: string, value: import("../types.js").Numbers | null, w: number, h: number, sign?: string}} Part */

/** The frame of a matrix among them. @type {Record<string, string>} */
const TONES = { fwd: "value", loc: "loc", bwd: "grad" };

/** @param {Scope} scope @param {Metrics} m @param {(key: string) => string} t
 * @returns {{parts: Part[], w: number, h: number, tone: string} | null} */
export function chipOf(scope, m, t) {
  const { frame, graph } = scope;
  if (!frame?.step) return null;
  const moved = frame.step.phase === "update" ? updateParts(scope, m, t) : [];
  const parts = frame.edge ? edgeParts(scope, m, t) : moved.length ? moved : lineParts(scope, m);
  if (!parts.length) return null;
  const gap = m.chip * 1.15;
  const w = parts.reduce((sum, p) => sum + p.w, 0) + gap * (parts.length - 1) + 2 * m.pad;
  const h = Math.max(...parts.map((p) => p.h)) + (parts.length > 1 ? m.caption * 1.35 : 0) + m.pad;
  const tone = frame.step.phase === "backward" ? "bwd" : frame.step.phase === "update" ? "upd" : "fwd";
  return { parts, w, h, tone: graph.nodes.length ? tone : "" };
}

/** @param {Scope} scope @param {Metrics} m @param {(key: string) => string} t @returns {Part[]} */
function edgeParts(scope, m, t) {
  const { frame, graph } = scope;
  if (!frame?.edge) return [];
  const target = nodeOf(graph, frame.edge?.target);
  if (scope.mean) return [part("bwd", t("ui.batch.meanLong"), frame.edge.contribution, scope, m, !frame.begun)];
  const local = !frame.begun || frame.beat >= 2;
  const arrives = !frame.begun;
  const rule = frame.edge.local_kind === "rule";
  const symbol = rule ? fill(frame.edge.template, scope).replace(/\s*(\\cdot)?\s*«g[!+]?»\s*(\\cdot)?\s*/g, " \\cdot ").replace(/\\class\{\w+\}/g, "") : "";
  if (!scope.numbers) return symbolParts(scope, m, t, local ? symbol || frame.edge.local_latex : "?", arrives);
  return [
    part("bwd", t("ui.arrives"), frame.edge.contribution, scope, m, arrives),
    rule ? { ...part("loc", t("ui.local"), null, scope, m, false), text: local ? symbol : "?", w: Math.max(m.chip * 1.4, extent(plain(symbol), m.chip)) }
      : part("loc", t("ui.local"), frame.edge.local, scope, m, local, "× "),
    part("bwd", t("ui.global"), target?.grad ?? null, scope, m, true),
  ];
}

/** The same in symbols. @param {Scope} scope @param {Metrics} m @param {(key: string) => string} t
 * @param {string} local @param {boolean} arrives @returns {Part[]} */
function symbolParts({ frame, graph }, m, t, local, arrives) {
  const edge = /** @type {import("../types.js").Edge} */ (frame?.edge);
  const name = (/** @type {string} */ id) => latexOfNode(graph, id);
  const gradient = (/** @type {string} */ id) => `\\partial ${name(graph.output)}/\\partial ${name(id)}`;
  const write = (/** @type {string} */ kind, /** @type {string} */ caption, /** @type {string} */ text) =>
    ({ kind, caption, text, value: null, w: Math.max(m.chip * 1.4, extent(plain(text), m.chip)), h: m.chip * 1.35 });
  return [
    write("bwd", t("ui.arrives"), arrives ? gradient(edge.source) : "?"),
    write("loc", t("ui.local"), local),
    write("bwd", t("ui.global"), gradient(edge.target)),
  ];
}

/** A number of the step; what is not shown yet already has its room. @param {string} kind
 * @param {string} caption @param {import("../types.js").Numbers | null} value @param {Scope} scope
 * @param {Metrics} m @param {boolean} shown @param {string} [prefix] @returns {Part} */
export function part(kind, caption, value, scope, m, shown, prefix = "") {
  if (Array.isArray(value)) {
    const rows = asRows(value);
    if (rows.length > m.chipGrid || (rows[0]?.length ?? 0) > m.chipGrid || Array.isArray(rows[0]?.[0])) {
      const shape = shapeOf(value).join(" × ");
      return { kind, caption, text: shown ? shape : "?", value: null, w: extent(shape, m.chip), h: m.chip * 1.35 };
    }
    return { kind, caption, text: shown ? "" : "?", value: shown ? value : null, w: Math.max(extent(caption, m.caption), rows[0].length * m.chipCell[0]), h: rows.length * m.chipCell[1] + 4 };
  }
  const text = value === null ? "?" : prefix + number(/** @type {any} */ (value), scope.digits, scope.lang).text;
  return { kind, caption, text: shown ? text : "?", value: null, w: Math.max(extent(text, m.chip), extent(caption, m.caption)), h: m.chip * 1.35 };
}

/** Forward, seed and update: the operation with its operands. @param {Scope} scope @param {Metrics} m @returns {Part[]} */
function lineParts(scope, m) {
  const lines = toldStep(scope.graph, scope.frame?.index ?? -1, scope.words)?.lines ?? [];
  const line = (scope.numbers && lines.find((l) => l.name === "numbers")) || lines[0];
  if (!line) return [];
  const node = nodeOf(scope.graph, scope.frame?.step?.node);
  const small = [node?.id, ...(node?.args ?? [])].every((id) => nodeOf(scope.graph, id)?.shape.length === 0);
  const template = small ? line.latex : lines[0].latex;
  const filled = fill(template, scope).replace(/\\class\{\w+\}/g, "").replace(/\\leftarrow/g, "←").replace(/\\approx/g, "≈").replace(/\\mathord/g, "").replace(/\\underset\{[^{}]*\}/g, "");
  const size = Math.min(m.chip, 1.25 * m.value);
  return [{ kind: "line", caption: "", text: filled, value: null, w: extent(plain(filled), size) * 1.02, h: size * 1.5 }];
}

/** @param {NonNullable<ReturnType<typeof chipOf>>} chip @param {import("./layout.js").Rect} at
 * @param {{x: number, y: number}} anchor @param {Scope} scope @param {Metrics} m */
export function chipView(chip, at, anchor, scope, m) {
  const gap = m.chip * 1.15;
  let x = at.x + m.pad;
  const middle = at.y + at.h / 2 + (chip.parts.length > 1 ? m.caption * 0.6 : 0);
  const below = anchor.y > at.y + at.h / 2;
  const stem = svg`<path class="stem" d="M${clampTo(anchor.x, at)} ${below ? at.y + at.h : at.y}L${anchor.x} ${anchor.y}"></path>`;
  const inner = chip.parts.map((p, i) => {
    const left = x;
    x += p.w + gap;
    const centre = left + p.w / 2;
    const arrow = i ? svg`<text class="op" x=${left - gap / 2} y=${middle + m.chip * 0.33} font-size=${m.chip * 0.8}>${p.sign ?? "←"}</text>` : nothing;
    return svg`${arrow}${p.caption ? svg`<text class="caption" x=${centre} y=${at.y + m.caption * 1.35} font-size=${m.caption}>${p.caption}</text>` : nothing}${body(p, left, centre, middle, scope, m)}`;
  });
  return svg`<g class="chip ${chip.tone}">${stem}<rect class="plate" x=${at.x} y=${at.y} width=${at.w} height=${at.h} rx=${m.pad * 0.8}></rect>${inner}</g>`;
}

/** @param {number} x @param {import("./layout.js").Rect} r */
const clampTo = (x, r) => Math.min(r.x + r.w - 20, Math.max(r.x + 20, x));

/** @param {Part} p @param {number} left @param {number} centre @param {number} middle @param {Scope} scope @param {Metrics} m */
function body(p, left, centre, middle, scope, m) {
  if (p.kind === "line") {
    const size = Math.min(m.chip, 1.25 * m.value);
    return svg`<text class="num line" x=${centre} y=${middle + size * 0.34}>${spans(runs(p.text), size, m.least)}</text>`;
  }
  if (p.value !== null) {
    const rows = asRows(p.value);
    const width = rows[0].length * m.chipCell[0];
    return matrix({ value: p.value, rows: rows.length, columns: rows[0].length, x: centre - width / 2, y: middle - (rows.length * m.chipCell[1]) / 2, cell: m.chipCell, size: m.chipText, digits: scope.digits, lang: scope.lang, tone: TONES[p.kind], numbers: true });
  }
  const box = p.kind === "loc" ? svg`<rect class="loc" x=${left - 8} y=${middle - m.chip * 0.68} width=${p.w + 16} height=${m.chip * 1.36} rx="6"></rect>` : nothing;
  return svg`${box}<text class="num ${p.kind} ${p.text === "?" ? "hole" : ""}" x=${centre} y=${middle + m.chip * 0.34} font-size=${m.chip}>${/[\\^_]/.test(p.text) ? spans(runs(p.text), m.chip, m.least) : p.text}</text>`;
}
