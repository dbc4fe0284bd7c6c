/** The table of a sweep as a file that spreadsheets and scripts read: https://www.rfc-editor.org/rfc/rfc4180 */

/** What a spreadsheet would take for a formula is told from one. */
const FORMULA = /^[=+\-@\t\r]/;
const COLUMNS = /** @type {const} */ (["seed", "state", "iterations", "loss", "accuracy", "held_out_loss", "held_out_accuracy", "diverged_at", "node", "seconds", "parameters"]);

/** @param {any} value */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {import("./swept.js").SweptRun[]} runs */
export function csv(runs) {
  const names = [...new Set(runs.flatMap((r) => Object.keys(r.settings)))];
  const head = ["number", ...names, ...COLUMNS, "best_loss", "best_iteration"];
  const rows = runs.map((r) => [r.number, ...names.map((n) => r.settings[n]), ...COLUMNS.map((c) => r[c]), r.best?.loss, r.best?.iteration]);
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
