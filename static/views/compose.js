/** Put a lesson together from what the stage shows, and download it as a file. */
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { captured } from "../compose/captured.js";
import { EMPTY, MOST, added, changed, keep, kept, moved, removed, shown } from "../compose/draft.js";
import { printed, slugOf } from "../compose/toml.js";
import { save } from "../figures/save.js";
import { MEAN } from "../network/stations.js";
import { BLANK, printAddress } from "../state.js";
import { markup } from "./markup.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../compose/draft.js").Draft} Draft */

const TITLE = 200;
const TEXT = 4000;

/** @param {Context} c */
export function view(c) {
  const { t, state, store } = c;
  const draft = state.composed ?? kept();
  const set = (/** @type {Draft} */ composed) => {
    store.set({ composed });
    keep(composed);
  };
  const close = () => store.set({ tool: "" });
  return html`<section class="help composer" role="dialog" aria-modal="false" aria-label=${t("ui.compose")} @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && close()}>
    <div class="dialog-head"><h2>${t("ui.compose")}</h2><button @click=${close} aria-label=${t("ui.close")}>×</button></div>
    <p>${t("ui.compose.help")}</p>
    ${field(c, t("ui.compose.lesson"), draft.title, TITLE, (title) => set({ ...draft, title }))}
    ${field(c, t("ui.compose.summary"), draft.summary, TITLE, (summary) => set({ ...draft, summary }))}
    <button class="main" ?disabled=${!state.graph || draft.scenes.length >= MOST} @click=${() => add(c, draft, set)}>${t("ui.compose.add")}</button>
    <ol class="composed">${draft.scenes.map((_, i) => row(c, draft, i, set))}</ol>
    ${draft.scenes.length ? html`<div class="ends"><button @click=${() => save(`${slugOf(Object.values(draft.title)[0] ?? "")}.toml`, printed(draft, state.lang), "application/toml")}>${t("ui.compose.download")}</button>
      <button @click=${() => set(EMPTY)}>${t("ui.compose.clear")}</button></div><p class="hint">${t("ui.compose.serve")}</p>` : nothing}
  </section>`;
}

/** @param {Context} c @param {Draft} draft @param {(draft: Draft) => void} set */
function add({ state, store, t }, draft, set) {
  const scene = captured(state);
  if (scene) set(added(draft, scene, { [state.lang]: t("ui.scene", { n: draft.scenes.length + 1 }) }));
  else store.set({ toast: t(state.rows === MEAN ? "ui.compose.mean" : "ui.compose.large") });
}

/** A scene of the list; one of them is open. @param {Context} c @param {Draft} draft @param {number} i @param {(draft: Draft) => void} set */
function row(c, draft, i, set) {
  const { t, state, config } = c;
  const scene = draft.scenes[i];
  const title = scene.title[state.lang] ?? Object.values(scene.title)[0] ?? "";
  const open = draft.at === i;
  const button = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {() => void} */ act, off = false) => html`<button ?disabled=${off} aria-label="${t(name)}: ${title}" title=${t(name)} @click=${act}>${sign}</button>`;
  return html`<li><div class="line"><button class="name" aria-expanded=${open ? "true" : "false"} @click=${() => set({ ...draft, at: open ? -1 : i })}>${i + 1}. ${title}</button>
      ${button("↑", "ui.compose.up", () => set(moved(draft, i, -1)), i === 0)}${button("↓", "ui.compose.down", () => set(moved(draft, i, 1)), i === draft.scenes.length - 1)}${button("×", "ui.compose.remove", () => set(removed(draft, i)))}</div>
    ${open ? form(c, draft, i, set) : nothing}
    <a href="${config.base}/lab${printAddress({ ...BLANK, ...shown(scene), lang: state.lang, tool: "compose" }, { lang: "" })}" aria-label="${t("ui.compose.show")}: ${title}">${t("ui.compose.show")}</a> <span>${t("ui.compose.steps", { from: scene.from, to: scene.to })}</span></li>`;
}

/** @param {Context} c @param {Draft} draft @param {number} i @param {(draft: Draft) => void} set */
function form(c, draft, i, set) {
  const { t, state } = c;
  const scene = draft.scenes[i];
  const put = (/** @type {Partial<import("../compose/captured.js").Composed>} */ change) => set(changed(draft, i, change));
  const text = scene.text[state.lang] ?? "";
  return html`<div class="form">${field(c, t("ui.compose.title"), scene.title, TITLE, (title) => put({ title }))}
    ${field(c, t("ui.compose.text"), scene.text, TEXT, (value) => put({ text: value }), 4)}
    <p class="hint">${t("ui.compose.markup")}</p>${/[$*]|^- /m.test(text) ? html`<div class="preview">${markup(text)}</div>` : nothing}
    ${field(c, t("ui.compose.notes"), scene.notes, TEXT, (notes) => put({ notes }), 2)}
    <label>${t("ui.compose.to")} <input type="number" min=${scene.from} max=${scene.last} .value=${String(scene.to)} @change=${(/** @type {Event} */ e) => put({ to: Math.min(scene.last, Math.max(scene.from, Math.trunc(Number(/** @type {HTMLInputElement} */ (e.target).value)) || 0)) })}></label>
    ${scene.ask ? html`<label class="toggle"><input type="checkbox" .checked=${scene.asks} @change=${() => put({ asks: !scene.asks })}> ${t("ui.compose.ask", { what: scene.ask })}</label>` : nothing}</div>`;
}

/** A text in the page's language. @param {Context} c @param {string} name @param {Record<string, string>} texts @param {number} most
 * @param {(texts: Record<string, string>) => void} put @param {number} [rows] */
function field({ state: { lang } }, name, texts, most, put, rows) {
  const input = (/** @type {Event} */ e) => put({ ...texts, [lang]: /** @type {HTMLInputElement} */ (e.target).value });
  const text = texts[lang] ?? "";
  return html`<label class="field">${name} ${rows ? html`<textarea rows=${rows} maxlength=${most} .value=${text} @input=${input}></textarea>` : html`<input type="text" maxlength=${most} .value=${text} @input=${input}>`}</label>`;
}
