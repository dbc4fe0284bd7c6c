/** What a control holds when it tells of a change. */

/** @param {Event} e */
export const textOf = (e) => /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ (e.target).value;

/** @param {Event} e */
export const tickedOf = (e) => /** @type {HTMLInputElement} */ (e.target).checked;
