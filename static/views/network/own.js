/** A table of one's own: pasted, dropped or opened; how it was read, and what each column is. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { shown } from "../../network/shown.js";
import { roleOf, withRole, writable } from "../../network/table.js";
import { textOf } from "../controlled.js";
import { field, filePicker, tick } from "./fields.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/table.js").Table} Table */
/** @typedef {import("../../network/table.js").Role} Role */

const ROLES = /** @type {const} */ (["x", "y", ""]);
/** So much of a row that cannot be read is shown. */
const SHOWN = 300;
const NAMED = 6;
const SIGNS = { ",": "comma", ";": "semicolon", "\t": "tab" };

/** A longer text would make the page slow to type in; it is shown by its first rows alone. */
const TYPED = 20_000;

/** @param {Context} c */
export function ownTable(c) {
  const { state, t, actions } = c;
  const { csv } = shown(state).data;
  return html`<div class="own">
    ${field(c, "/data/csv", t("ui.net.table"), (ties) => (csv.length > TYPED ? longTable(c, ties, csv) : typedTable(c, ties, csv)))}
    ${state.tableProblem?.cell && !state.preview?.table ? wrongRow(csv, state.tableProblem.cell) : nothing}
    ${filePicker(t("ui.net.openFile"), ".csv,.tsv,.txt,text/csv,text/plain", actions.readTable)}
    ${state.reading ? html`<p class="hint" role="status">${t("ui.computing")}</p>` : nothing}
    ${state.preview?.table ? read(c, state.preview.table) : nothing}
    ${csv && !writable({ data: { csv } }) ? html`<p class="hint">${t("ui.net.notInLink")}</p>` : nothing}</div>`;
}

/** @param {Context} c @param {import("./fields.js").Ties} ties @param {string} csv */
const typedTable = ({ t, actions }, { id, described, invalid }, csv) => html`<textarea id=${id} rows="4" spellcheck="false" wrap="off" placeholder=${t("ui.net.tableHint")}
  aria-describedby=${described} aria-invalid=${invalid} .value=${live(csv)} @input=${(/** @type {Event} */ e) => actions.paste(textOf(e))}></textarea>`;

/** @param {Context} c @param {import("./fields.js").Ties} ties @param {string} csv */
const longTable = ({ t, state, number, actions }, { id }, csv) => html`<output id=${id} class="long" tabindex="-1">
  ${t("ui.net.longTable", { name: state.tableFile || "CSV", kb: number(Math.round(csv.length / 1000)) })}
  <button @click=${() => actions.setData({ csv: "" })}>${t("ui.net.otherTable")}</button></output>`;

/** The row that cannot be read, and its field marked. @param {string} csv @param {{row: number, column: number | null}} cell */
function wrongRow(csv, { row, column }) {
  const line = (csv.split(/\r\n|\n|\r/, row)[row - 1] ?? "").slice(0, SHOWN);
  const fields = line.split(/([;,\t])/);
  const at = column === null ? -1 : 2 * (column - 1);
  if (at >= fields.length) fields.push(...Array(at - fields.length).fill(" "), "");
  return html`<p class="wrong-row"><b>${row}</b> <code>${fields.map((part, i) => (i === at ? html`<mark>${part || "␣"}</mark>` : part))}</code></p>`;
}

/** @param {Context} c @param {Table} table */
function read(c, table) {
  const { state, t, actions, number } = c;
  const { data } = shown(state);
  const classes = state.preview?.classes;
  const target = table.names.findIndex((_, i) => roleOf(data, table, i) === "y");
  const sign = t(`ui.sign.${SIGNS[/** @type {","} */ (table.delimiter)]}`);
  const decimal = t(`ui.decimal.${table.decimal === "," ? "comma" : "point"}`);
  return html`<p class="hint">${t("ui.net.readAs", { rows: number(table.rows), columns: table.names.length, sign, decimal })}</p>${cells(c, table)}
    ${tick(t("ui.net.hasHeader"), table.header, (header) => actions.setData({ csv: data.csv, header }))}
    ${target >= 0 && table.numeric[target] ? tick(t("ui.net.asClasses"), Boolean(data.classes), (on) => actions.setData({ ...data, classes: on })) : nothing}
    ${classes ? html`<p class="hint">${t("ui.net.classes", { n: classes.length, names: classes.slice(0, NAMED).join(", ") + (classes.length > NAMED ? ", …" : "") })}</p>` : nothing}`;
}

/** The first rows, with the role of each column; a cell that cannot be taken is marked. @param {Context} c @param {Table} table */
function cells(c, table) {
  const { state, t, actions } = c;
  const { data } = shown(state);
  const wrong = state.tableProblem?.cell;
  const first = table.header ? 2 : 1;
  const bad = (/** @type {number} */ column, row = wrong?.row) => wrong?.column === column + 1 && wrong.row === row;
  const put = (/** @type {number} */ i) => (/** @type {Event} */ e) => actions.setData(withRole(data, table, i, /** @type {Role} */ (textOf(e))));
  const role = (/** @type {string} */ name, /** @type {number} */ i) => html`<td><select aria-label=${t("ui.net.roleOf", { name })} aria-invalid=${bad(i) ? "true" : "false"} @change=${put(i)}>
    ${ROLES.map((one) => html`<option value=${one} .selected=${roleOf(data, table, i) === one}>${one || t("ui.net.unused")}</option>`)}</select></td>`;
  const cell = (/** @type {string} */ text, /** @type {number} */ i, /** @type {number} */ k) =>
    html`<td class="${table.numeric[i] ? "figure" : ""} ${bad(i, k + first) ? "bad" : ""}">${text}</td>`;
  return html`<div class="cells" tabindex="0" role="region" aria-label=${t("ui.net.firstRows")}><table>
    <thead><tr>${table.names.map((name, i) => html`<th scope="col" class=${bad(i) ? "bad" : ""}>${name}</th>`)}</tr><tr>${table.names.map(role)}</tr></thead>
    <tbody>${table.cells.map((row, k) => html`<tr>${row.map((text, i) => cell(text, i, k))}</tr>`)}</tbody></table></div>`;
}
