/** Where the focus goes when what had it is gone. */

/** To the first of these that is drawn next. @param {string} selector */
export const focusNext = (selector) =>
  requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus());

/** The same, unless something has the focus. @param {string} selector */
export const focusLost = (selector) => {
  if (document.activeElement === document.body) focusNext(selector);
};

export const ON_DRAWING = ".draft .insert, .draft textarea";
export const ON_TRAINING = "#tab-training";
