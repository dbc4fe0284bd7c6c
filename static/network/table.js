/** Data of one's own: a table as text, and which of its columns are x, y, or neither. */

/**
 * @typedef {{names: string[], numeric: boolean[], cells: string[][], rows: number, delimiter: string, decimal: string, header: boolean}} Table
 * @typedef {{rows: number | null, features: string[], targets: string[], classes: string[] | null, x: number[][] | null,
 *   y: number[][] | null, table: Table | null, problem: import("../types.js").Problem | null}} Preview
 * @typedef {"x" | "y" | ""} Role
 */

/** The server takes no larger table. */
export const MOST_BYTES = 2_000_000;
/** A longer table does not fit into an address. */
const WRITABLE = 1_500;

/** What a column is to the network. @param {Record<string, any>} data @param {Table} table @param {number} column @returns {Role} */
export function roleOf(data, table, column) {
  const name = table.names[column];
  if (!data.x && !data.y) return column === table.names.length - 1 ? "y" : "x";
  return data.y?.includes(name) ? "y" : data.x?.includes(name) ? "x" : "";
}

/** The data with another role for one column. @param {Record<string, any>} data @param {Table} table @param {number} column @param {Role} role */
export function withRole(data, table, column, role) {
  const roles = table.names.map((_, i) => (i === column ? role : roleOf(data, table, i)));
  const named = (/** @type {Role} */ wanted) => table.names.filter((_, i) => roles[i] === wanted);
  return { ...data, x: named("x"), y: named("y") };
}

/** @param {string} text */
export const bytesOf = (text) => new TextEncoder().encode(text).length;

/** Whether a draft can stand in an address. @param {{data?: Record<string, any>}} draft */
export const writable = ({ data }) => (data?.csv?.length ?? 0) <= WRITABLE;
