/** A file that is dropped on the builder or on the drawing. */

/** @param {DragEvent} e */
export const allowed = (e) => e.preventDefault();

/** It is a network, or a table. @param {import("../context.js").Context} c */
export const dropped = (c) => (/** @type {DragEvent} */ e) => {
  e.preventDefault();
  const file = e.dataTransfer?.files[0];
  if (file) void (/\.json$/i.test(file.name) ? c.actions.importNetwork(file) : c.actions.readTable(file));
};
