/** A worksheet of this exercise and of others like it: what is blank, and how many variants. */
import { html } from "../vendor/lit-html/lit-html.js";
import { figure } from "../figures/files.js";
import { WAYS } from "../worksheet/blanks.js";

/** So many variants at most. */
const MOST = 60;

/** @param {import("./context.js").Context} c */
export function worksheet(c) {
  const { config: { exercise }, t, state } = c;
  const print = (/** @type {Event} */ e) => {
    e.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (e.target));
    const count = Math.min(MOST, Math.max(1, Math.trunc(Number(given.get("count"))) || 1));
    const seeds = Array.from({ length: count }, (_, i) => (exercise?.seed ?? 0) + i).join();
    void figure(c, "worksheet", { blank: String(given.get("blank")), seeds });
  };
  return html`<details class="kept"><summary>${t("ui.worksheet")}</summary><p class="hint">${t("ui.figures.worksheet.help")}</p>
    <form class="paper" @submit=${print}><label>${t("ui.worksheet.blank")} <select name="blank">${WAYS.map((way) => html`<option value=${way}>${t(`ui.worksheet.blank.${way}`)}</option>`)}</select></label>
      <label class="few">${t("ui.worksheet.count")} <input name="count" type="number" min="1" max=${MOST} value="1"></label>
      <button ?disabled=${state.making !== null || !c.scene}>${t("ui.worksheet.print")}</button></form></details>`;
}
