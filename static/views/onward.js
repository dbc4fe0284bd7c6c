/** At the end of a lesson: the next one, which one more press opens. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { followed, lessonAddress, nextLesson } from "../presenting/carried.js";

/** @param {import("./context.js").Context} c */
export function view(c) {
  const { t, state, store, config } = c;
  const next = nextLesson(config);
  if (!state.graph || state.beat > 0) return nothing;
  return html`<section class="help onward" role="dialog" aria-modal="false" aria-label=${t("ui.onward")} @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && store.set({ tool: "" })}>
    <div class="dialog-head"><h2>${t("ui.onward")}</h2><button @click=${() => store.set({ tool: "" })} aria-label=${t("ui.close")}>×</button></div>
    ${next ? html`<p>${t("ui.onward.press")}</p><a class="button main" href=${lessonAddress(config, next.slug, state)} @click=${followed(c, next.slug, true)}>${t("ui.nextLesson")} ${next.number} · ${next.title} →</a>` : html`<p>${t("ui.onward.last")}</p><a class="button main" href="${config.base}/?lang=${state.lang}">${t("ui.start")}</a>`}
  </section>`;
}
