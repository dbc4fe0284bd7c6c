/** The acts on the timeline: a tick for each step, and above them where the act is entered and watched by itself. */
import { html } from "../vendor/lit-html/lit-html.js";
import { actsOf } from "../acts.js";
import { currentIndex } from "../player.js";

/** @typedef {import("./context.js").Context} Context */

/** Up to so many steps each has its own tick. */
const FINE = 60;

/** The height of the acts until they come: the stage keeps its room, for which the graph is laid out. */
const kept = html`<div class="phases awaited"><div class="phase"><div class="act"><button disabled>—</button><button class="watch" disabled></button></div><div class="ticks"></div></div></div>`;

/** @param {Context} c */
export function actsView(c) {
  const { state: { graph }, t } = c;
  if (!graph) return kept;
  const total = graph.steps.length;
  const now = currentIndex(c.state);
  return html`<div class="phases" role="group" aria-label=${t("ui.acts")}>${actsOf(graph.steps).map((act) => {
    const length = act.to - act.from;
    const here = now >= act.from && now < act.to;
    const name = t(`ui.phase.${act.phase}`);
    const grow = `grow-${Math.max(1, Math.round(length * Math.min(1, FINE / total)))}`;
    return html`<div class="phase ${act.phase} ${here ? "here" : ""} ${grow}"><div class="act">
      <button aria-current=${here ? "step" : "false"} title=${t("ui.act.steps", { n: length })} @click=${() => c.actions.enterAct(act)}>${name}</button>
      <button class="watch" aria-label=${t("ui.act.watch", { act: name })} title=${t("ui.act.watch", { act: name })} @click=${() => c.actions.watchAct(act)}><svg viewBox="0 0 12 12" aria-hidden="true"><path d="M3 1.5v9L10 6z"></path></svg></button></div>
      <div class="ticks" aria-hidden="true">${ticks(c, act, total, now)}</div></div>`;
  })}</div>`;
}

/** @param {Context} c @param {import("../acts.js").Act} act @param {number} total @param {number} now */
function ticks(c, act, total, now) {
  const { step } = c.state;
  if (total > FINE) {
    const share = Math.max(0, Math.min(1, (step - act.from) / (act.to - act.from)));
    return html`<svg class="share" viewBox="0 0 100 9" preserveAspectRatio="none"><rect class="all" width="100" height="9"></rect><rect class="past" width=${100 * share} height="9"></rect></svg>`;
  }
  return Array.from({ length: act.to - act.from }, (_, k) => act.from + k).map((i) =>
    html`<i class="${i < step ? "past" : ""} ${i === now ? "now" : ""}" @click=${() => c.actions.goTo(i + 1)}></i>`);
}
