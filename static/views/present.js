/** What helps to present: where we are in the course, and what else can be done on the wall. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { followed, lessonAddress } from "../presenting/carried.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} c */
export function view(c) {
  const { t, state, store, config, commands } = c;
  const { lesson } = config;
  const close = () => store.set({ tool: "" });
  return html`<section class="help presenting" role="dialog" aria-modal="false" aria-label=${t("ui.present")} @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && close()}>
    <div class="dialog-head"><h2>${t("ui.present")}</h2><button @click=${close} aria-label=${t("ui.close")}>×</button></div>
    <div class="ends"><button @click=${commands.presenter} title="R">${t("ui.presenter")}</button>
      <button aria-pressed=${state.spotlight ? "true" : "false"} @click=${commands.spotlight} title="S">${t("ui.spotlight")}</button>
      <button @click=${() => store.set({ tool: "compose" })}>${t("ui.compose")}</button></div>
    <fieldset class="hues"><legend>${t("ui.hues")}</legend>${["blue", "green"].map((hues) => html`<label class="toggle"><input type="radio" name="hues" .checked=${state.hues === hues} @change=${() => commands.hues(hues)}> ${t(`ui.hues.${hues}`)}</label>`)}</fieldset>
    ${lesson ? html`<h3>${t("ui.contents.scenes")}</h3><ol class="contents">${lesson.scenes.map((scene, i) => html`<li><button class="name" aria-current=${i === state.scene ? "true" : "false"}
      @click=${() => (close(), c.actions.openScene(i, "from"))}>${i + 1}. ${scene.title[state.lang]}</button></li>`)}</ol>` : nothing}
    <h3>${t("ui.contents.lessons")}</h3><ol class="contents">${config.lessons.map((one) => html`<li><a aria-current=${one.slug === lesson?.slug ? "true" : "false"} href=${lessonAddress(config, one.slug, state)} @click=${followed(c, one.slug)}>${one.number} · ${one.title}</a></li>`)}</ol>
  </section>`;
}
