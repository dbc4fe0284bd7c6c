/** The presenter's window: notes, the coming scene, and the time; what is pressed here moves the main window. */
import { translator } from "./i18n.js";
import { actionOf } from "./keys.js";
import { keptSetting } from "./settings.js";
import { html, nothing, render } from "./vendor/lit-html/lit-html.js";
import { markup } from "./views/markup.js";

/** @typedef {import("./presenting/talk.js").Shown} Shown */

/** How long the main window may be silent before it counts as gone, and how often it is asked; in milliseconds. */
const [SILENT, EVERY] = [7000, 2000];
const BEGUN = "gradwalk.begun";
document.documentElement.dataset.theme = new URLSearchParams(location.search).get("theme") ?? "auto";

/** @type {import("./types.js").Config} */
const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");
const t = translator(() => config.messages);
const root = /** @type {HTMLElement} */ (document.getElementById("presenter"));
const channel = new BroadcastChannel(`gradwalk.talk.${location.hash.slice(1)}`);
/** @type {Shown | null} */
let shown = null;
let heard = performance.now();
let begun = Number(sessionStorage.getItem(BEGUN));
if (!begun) restart();

/** Count the time from now on. */
function restart() {
  begun = Date.now();
  sessionStorage.setItem(BEGUN, String(begun));
}

const press = (/** @type {"next" | "previous"} */ way) => channel.postMessage({ kind: "press", way });
const two = (/** @type {number} */ n) => String(n).padStart(2, "0");

/** @param {number} seconds */
const lasted = (seconds) => `${seconds >= 3600 ? `${Math.floor(seconds / 3600)}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;

function draw() {
  const now = new Date();
  const gone = performance.now() - heard > SILENT;
  render(html`<header class="times"><p>${t("ui.presenter.clock")} <b>${two(now.getHours())}:${two(now.getMinutes())}</b></p>
      <p>${t("ui.presenter.elapsed")} <b role="timer">${lasted(Math.floor((Date.now() - begun) / 1000))}</b></p>
      <button @click=${() => (restart(), draw())}>${t("ui.presenter.restart")}</button></header>
    ${gone ? html`<p class="gone" role="status">${t("ui.presenter.gone")}</p>` : nothing}
    ${shown ? talk(shown) : html`<h1 class="visually-hidden">${t("ui.presenter")}</h1>`}
    <footer><button @click=${() => press("previous")}>← ${t("ui.presenter.back")}</button><button class="main" @click=${() => press("next")}>${t("ui.presenter.forward")} →</button></footer>`, root);
}

/** @param {Shown} s */
const talk = (s) => html`<section class="now" aria-labelledby="now"><p class="where">${s.lesson}${s.at ? ` · ${t("ui.presenter.scene")} ${s.at}` : nothing} · ${t("ui.step")} ${s.step}/${s.of}</p>
    <h1 id="now">${s.scene || s.lesson}</h1>
    <h2>${t("ui.presenter.notes")}</h2><div class="notes">${s.notes ? markup(s.notes) : html`<p class="none">${t("ui.presenter.none")}</p>`}</div>
    ${s.text ? html`<details><summary>${t("ui.presenter.text")}</summary>${markup(s.text)}</details>` : nothing}</section>
  <section class="coming" aria-labelledby="coming"><h2 id="coming">${t("ui.presenter.coming")}</h2>
    ${s.coming ? html`<p class="title">${s.coming.title}</p><div class="frame"><iframe title=${s.coming.title} src=${s.coming.embed} tabindex="-1"></iframe></div>${s.coming.text ? markup(s.coming.text) : nothing}` : html`<p class="none">${t("ui.presenter.last")}</p>`}</section>`;

channel.onmessage = (/** @type {MessageEvent} */ { data }) => {
  if (data?.kind !== "shown") return;
  // The main window speaks another language now; the time goes on.
  if (data.lang !== config.lang) return location.replace(`?lang=${data.lang}&theme=${document.documentElement.dataset.theme}${location.hash}`);
  shown = data;
  heard = performance.now();
  draw();
};
addEventListener("keydown", (event) => {
  const name = actionOf(event, document.activeElement, keptSetting("letters") !== "0");
  const way = name === "forward" ? "next" : name === "back" ? "previous" : null;
  if (!way) return;
  event.preventDefault();
  press(way);
});
setInterval(() => channel.postMessage({ kind: "hello" }), EVERY);
setInterval(draw, 1000);
channel.postMessage({ kind: "hello" });
draw();
