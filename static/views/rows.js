/** The rows of a large table: made a little at a time, then changed only where a step changes them. */
import { noChange } from "../vendor/lit-html/lit-html.js";
import { Directive, PartType, directive } from "../vendor/lit-html/directive.js";
import { indexed } from "../indexed.js";
import { plain } from "../names.js";
import { labelOf, spoken } from "../stage/label.js";
import { touched } from "../touched.js";

/** @typedef {import("../types.js").GraphNode} GraphNode */
/** @typedef {import("../player.js").NodeFrame} NodeFrame */
/** @typedef {{graph: import("../types.js").Graph, frame: import("../player.js").Frame, step: number, style: import("../stage/label.js").Manner,
 *   key: string, busy: () => boolean}} Rows  `key` says how numbers and words are shown; while the page is busy, rows wait */

/** Milliseconds of work at once, and in each later picture of the screen. */
const AT_ONCE = 25;
const LATER = 6;
/** So many rows are laid out together, or not at all while they are out of sight. */
const TOGETHER = 100;

class RowsDirective extends Directive {
  /** @type {Rows | null} */
  now = null;
  /** @type {Map<string, HTMLElement>} */
  made = new Map();
  /** What stands in each row, by which a row that has not changed is left alone. @type {Map<string, NodeFrame>} */
  shown = new Map();
  /** Nodes whose rows must be made or looked at. @type {Set<string>} */
  waiting = new Set();
  asked = 0;

  /** @param {import("../vendor/lit-html/directive.js").PartInfo} part */
  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("rows() stands on a table");
  }

  /** @param {Rows} _rows */
  render(_rows) {
    return noChange;
  }

  /** @override @param {import("../vendor/lit-html/lit-html.js").ElementPart} part @param {[Rows]} args */
  update(part, [rows]) {
    const before = this.now;
    const table = /** @type {HTMLTableElement} */ (part.element);
    this.now = rows;
    if (before?.graph !== rows.graph || before.key !== rows.key) this.restart(table, rows, before);
    else if (before.frame !== rows.frame) {
      for (const id of [...rows.frame.active, ...before.frame.active, ...touched(rows.graph, before.step, rows.step).nodes]) this.waiting.add(id);
    }
    this.work(table, AT_ONCE);
    return noChange;
  }

  /** @param {HTMLTableElement} table @param {Rows} rows @param {Rows | null} before */
  restart(table, { graph }, before) {
    this.shown.clear();
    this.waiting = new Set(graph.nodes.map((n) => n.id));
    const same = before && before.graph.nodes.length === graph.nodes.length && graph.nodes.every((n) => this.made.has(n.id));
    if (same) return;
    this.made.clear();
    for (const body of [...table.tBodies]) body.remove();
  }

  /** @param {HTMLTableElement} table @param {number} milliseconds */
  work(table, milliseconds) {
    cancelAnimationFrame(this.asked);
    const rows = /** @type {Rows} */ (this.now);
    const end = performance.now() + (rows.busy() ? 0 : milliseconds);
    const { nodes } = indexed(rows.graph);
    for (const id of this.waiting) {
      if (performance.now() >= end) break;
      this.waiting.delete(id);
      const node = nodes.get(id);
      if (node) this.write(this.made.get(id) ?? this.make(table, node, rows), node, rows);
    }
    table.setAttribute("aria-busy", String(this.waiting.size > 0));
    if (this.waiting.size) this.asked = requestAnimationFrame(() => table.isConnected && this.work(table, LATER));
  }

  /** @param {HTMLTableElement} table @param {GraphNode} node @param {Rows} rows */
  make(table, node, { style }) {
    const last = table.tBodies[table.tBodies.length - 1];
    const body = last && last.rows.length < TOGETHER ? last : table.createTBody();
    body.setAttribute("role", "rowgroup");
    const row = document.createElement("tr");
    row.dataset.node = node.id;
    row.setAttribute("role", "row");
    row.append(cell("th", "rowheader", plain(node.latex)), cell("td", "cell", node.op ?? style.t(`ui.kind.${node.kind}`)), cell("td", "cell", ""), cell("td", "cell", ""));
    body.append(row);
    this.made.set(node.id, row);
    return row;
  }

  /** @param {HTMLElement} row @param {GraphNode} node @param {Rows} rows */
  write(row, node, { graph, frame, style }) {
    const own = /** @type {NodeFrame} */ (frame.nodes.get(node.id));
    if (this.shown.get(node.id) === own) return;
    this.shown.set(node.id, own);
    const update = indexed(graph).updates.get(node.id) ?? null;
    row.dataset.state = own.state;
    row.dataset.grad = own.grad === "done" ? "done" : "pending";
    row.setAttribute("aria-label", labelOf(node, own, update, style));
    const value = own.updated && update ? update.new : node.value;
    const gradient = own.grad === "done" ? node.grad : own.grad === "partial" ? own.total : null;
    row.children[2].textContent = !own.hasValue ? "?" : value === null || !style.numbers ? "" : spoken(value, style);
    row.children[3].textContent = gradient === null || !style.numbers ? "" : spoken(gradient, style) + (own.grad === "partial" ? " +…" : "");
  }
}

/** @param {"th" | "td"} tag @param {string} role @param {string} text */
function cell(tag, role, text) {
  const made = document.createElement(tag);
  made.setAttribute("role", role);
  made.textContent = text;
  return made;
}

export const rowsOf = directive(RowsDirective);
