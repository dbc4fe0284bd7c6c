/** Practice: which exercise this is, how it goes, the way to the next one, and what is kept. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { download } from "../practice/file.js";
import { anotherOf, nextOf } from "../practice/next.js";
import { openExercise } from "../practice/open.js";
import { worksheet } from "./worksheet.js";
import { done, erase, keep, progress, unkept } from "../practice/progress.js";

/** @typedef {import("./context.js").Context} Context */

/** Whether the reader was asked if everything may be erased. */
let sure = false;

/** @param {Context} c */
export function practice(c) {
  const { config: { exercise }, t } = c;
  if (!exercise) return nothing;
  const kept = progress();
  const mine = done(kept.items, exercise);
  const all = exercise.questions.length;
  const over = mine.length >= all;
  const next = nextOf(exercise, kept.finished, exercise.levels);
  const open = (/** @type {import("../practice/progress.js").Place} */ place) => {
    if (place.level > exercise.level) c.store.set({ toast: t("ui.practice.risen", { n: place.level }) });
    void openExercise(c, place);
  };
  return html`<section class="practice" aria-label=${t("ui.practice")}>
    <div class="chosen">${choice(c, "template", exercise.templates.map(({ name, title }) => ({ value: name, text: title[c.state.lang] })), (template) => open({ ...exercise, template, level: 1 }))}
      ${choice(c, "level", Array.from({ length: exercise.levels }, (_, i) => ({ value: String(i + 1), text: String(i + 1) })), (level) => void openExercise(c, { ...exercise, level: Number(level) }))}</div>
    <p class="going" role="status">${t("ui.practice.going", { n: exercise.seed, done: mine.length, of: all })}${over ? html` <b>${t(mine.every((one) => one.right) ? "ui.practice.alone" : "ui.practice.over")}</b>` : nothing}</p>
    <p class="onward"><button class=${over ? "main" : ""} @click=${() => open(next)}>${t("ui.practice.next")} →</button>
      <button @click=${() => open(anotherOf(exercise, Math.random()))}>${t("ui.practice.another")}</button></p>
    ${summary(c, kept)}${worksheet(c)}</section>`;
}

/** @param {Context} c @param {"template" | "level"} name @param {{value: string, text: string}[]} options @param {(value: string) => void} chosen */
const choice = ({ config, t }, name, options, chosen) => html`<label>${t(`ui.practice.${name}`)} <select name=${name} @change=${(/** @type {Event} */ e) => chosen(/** @type {HTMLSelectElement} */ (e.target).value)}>
  ${options.map(({ value, text }) => html`<option value=${value} .selected=${value === String(config.exercise?.[name])}>${text}</option>`)}</select></label>`;

/** @param {Context} c @param {import("../practice/progress.js").Progress} kept */
function summary(c, kept) {
  const { t, state, store } = c;
  const first = kept.items.filter((one) => one.right === 1).length;
  const right = kept.items.filter((one) => one.right).length;
  const shown = kept.items.filter((one) => one.shown !== undefined).length;
  const redraw = () => store.set({});
  const rows = /** @type {[string, number][]} */ ([["finished", kept.finished.length], ["first", first], ["later", right - first], ["shown", shown]]);
  return html`<details class="kept"><summary>${t("ui.practice.progress")}</summary>
    <dl>${rows.map(([name, n]) => html`<div><dt>${t(`ui.practice.${name}`)}</dt><dd>${n}</dd></div>`)}</dl>
    <p class="hint">${t(unkept() ? "ui.practice.unkept" : "ui.practice.here")}</p>
    <form @submit=${(/** @type {Event} */ e) => {
      e.preventDefault();
      download(progress(), state.lang);
    }}><label>${t("ui.practice.name")} <input name="name" autocomplete="name" maxlength="80" .value=${kept.name} @change=${(/** @type {Event} */ e) => keep({ ...progress(), name: /** @type {HTMLInputElement} */ (e.target).value })}></label>
      <button>${t("ui.practice.download")}</button>
      ${sure ? html`<button type="button" class="danger" @click=${() => {
        sure = false;
        erase();
        redraw();
      }}>${t("ui.practice.sure")}</button>` : html`<button type="button" @click=${() => {
        sure = true;
        redraw();
      }}>${t("ui.practice.erase")}</button>`}</form></details>`;
}
