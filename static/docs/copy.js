/** Buttons that copy a block of text, and say whether that worked. */

const SHOWN = 2000;

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const { copy: id = "", done = "", failed = "" } = button.dataset;
  const name = button.dataset.name ?? button.textContent ?? "";
  button.dataset.name = name;
  const text = document.getElementById(id)?.textContent ?? "";
  const worked = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  button.textContent = worked ? done : failed;
  setTimeout(() => (button.textContent = name), SHOWN);
}

/** Show the page's copy buttons, which do nothing without this script. */
export function attachCopies() {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-copy]"))) {
    button.hidden = false;
    button.ariaLive = "polite";
    button.addEventListener("click", () => copy(button));
  }
}
