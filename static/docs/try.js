/** Forms that send the example, changed or not, and show the answer beneath. */
import { address, send } from "./request.js";

/** @param {HTMLFormElement} form */
function question(form) {
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-in]"));
  const fields = [...inputs].map((i) => ({ name: i.name, place: i.dataset.in ?? "", value: i.value }));
  const body = /** @type {HTMLTextAreaElement | null} */ (form.querySelector("[name=body]"));
  return { url: address(form.dataset.path ?? "", fields), body: body?.value ?? null };
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  const { method = "GET", busy = "", offline = "", told = "" } = form.dataset;
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const shown = /** @type {HTMLElement} */ (form.querySelector("pre"));
  const { url, body } = question(form);
  button.disabled = true;
  form.dataset.state = "busy";
  status.textContent = busy;
  try {
    const answer = await send(method, url, body);
    form.dataset.state = answer.status < 400 ? "good" : "bad";
    status.textContent = told.replace("{status}", `${answer.status} ${answer.reason}`.trim()).replace("{ms}", String(answer.ms));
    /** @type {HTMLElement} */ (shown.firstElementChild).textContent = answer.text;
    shown.hidden = !answer.text;
  } catch {
    form.dataset.state = "bad";
    status.textContent = offline;
    shown.hidden = true;
  }
  button.disabled = false;
}

/** Make the page's forms ask this server instead of leaving the page. */
export function attachForms() {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-path]"))) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}
