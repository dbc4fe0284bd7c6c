/** The line above: where we are, and how it is shown. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { nextLanguage } from "../commands.js";
import { MEAN } from "../network/stations.js";

/** @param {import("./context.js").Context} c */
export function header(c) {
  const { state, config, t, commands } = c;
  const { lesson, player } = config;
  const lang = state.lang;
  const other = nextLanguage(config, lang);
  const short = other.split("-")[0].toUpperCase();
  const scene = lesson?.scenes[state.scene];
  return html`<header class="top">
    ${player ? html`<span class="brand">${brand(player.icon)}</span>` : html`<a class="brand" aria-label="Gradwalk" href="${config.base}/?lang=${lang}">${brand(`${config.static}/icon.svg`)}</a>`}
    ${lesson ? html`<h1 class="crumb">${t("ui.lesson")} ${lesson.number} · ${scene?.title[lang] ?? lesson.title[lang]}</h1>` : html`<h1 class="crumb">${player ? player.title[lang] : t(`ui.${config.page}`)}</h1>`}
    ${state.iteration ? html`<span class="crumb iteration">${t("ui.iteration", { n: state.iteration })}</span>` : nothing}
    ${state.network && state.rows ? html`<span class="crumb iteration">${state.rows === MEAN ? t("ui.batch.meanLong") : t("ui.batch.row", { n: state.rows })}</span>` : nothing}
    <nav aria-label=${t("ui.view")} class=${state.more ? "open" : ""} @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && state.more && closed(c, e)}>
      <div class="header-tools" id="tools" @click=${() => state.more && c.store.set({ more: false })}>
      ${lesson && !player ? html`<a class="button" href="${config.base}/lab?lang=${lang}">${t("ui.lab")}</a>` : nothing}
      ${player ? nothing : html`<button @click=${commands.link} title=${t("ui.linkHelp")}>${t("ui.link")}</button>
      <button data-command="figures" @click=${commands.figures} aria-expanded=${state.figures ? "true" : "false"} title=${t("ui.figuresHelp")}>${t("ui.figures")}</button>`}
      ${player ? nothing : html`<button data-command="present" @click=${commands.present} aria-expanded=${state.tool ? "true" : "false"}>${t("ui.present")}</button>`}
      <button @click=${c.actions.cycleDigits} title="D">${t("ui.digits", { n: state.digits ?? t("ui.all") })}</button>
      <button aria-pressed=${state.projector} @click=${commands.projector} title="W">${t("ui.projector")}</button>
      <button @click=${commands.full} title="F">${t("ui.full")}</button>
      <button @click=${commands.theme} title=${t("ui.theme")}>${t(`ui.theme.${state.theme}`)}</button>
      <button @click=${commands.help} title=${t("ui.help")} aria-label="? ${t("ui.help")}">?</button></div>
      <button class="more" aria-label=${t("ui.more")} title=${t("ui.more")} aria-expanded=${state.more ? "true" : "false"} aria-controls="tools" @click=${() => c.store.set({ more: !state.more })}>⋯</button>
      <button @click=${commands.lang} lang=${other} aria-label="${short} · ${config.languages[other]}">${short}</button>
    </nav>
  </header>`;
}

/** Put the menu of a narrow page away, and the focus where it was opened. @param {import("./context.js").Context} c @param {KeyboardEvent} e */
function closed(c, e) {
  c.store.set({ more: false });
  /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (e.currentTarget).querySelector(".more"))?.focus();
}

/** @param {string} icon */
const brand = (icon) => html`<img src=${icon} alt="" width="26" height="26"><b>Gradwalk</b>`;
