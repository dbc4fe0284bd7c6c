/** Numbers as people type them. Pure. */

/**
 * A number as a person types it: one comma or one point is the decimal mark.
 * @param {string} text
 * @returns {{value: number} | {problem: "thousands" | "number"}}
 */
export function readNumber(text) {
  const plain = text.trim().replace(/^[−–]/, "-");
  const marks = (plain.match(/[.,]/g) ?? []).length;
  if (marks > 1 || /\d[\s'_]\d/.test(plain)) return { problem: "thousands" };
  if (!/^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i.test(plain)) return { problem: "number" };
  const value = Number(plain.replace(",", "."));
  return Number.isFinite(value) ? { value } : { problem: "number" };
}
