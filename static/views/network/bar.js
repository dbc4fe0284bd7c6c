/** Below a draft: how much it learns, what is wrong with it, and the button that makes a network of it. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { count } from "../../network/draft.js";
import { idAt, known, sentence } from "../../network/said.js";
import { compareDoor } from "../compare/doors.js";
import { ON_TRAINING, focusLost, focusNext } from "./focus.js";
import { shown } from "../../network/shown.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function draftBar(c) {
  const { state, t, actions } = c;
  const build = shown(state);
  const first = firstOf(c);
  const press = () => (first && !state.networkProblem ? goTo(first.at) : void actions.create().then(() => focusLost(ON_TRAINING)));
  return html`<footer class="controls draft-bar" aria-label=${t("ui.net.drawing")}>
    <div class="draft-told">${build.program === undefined ? html`<p class="counted">${t("ui.net.count", { n: c.number(count(build)) })}</p>` : nothing}
      <p class="problem" role="status">${first?.said}</p>
      ${state.drafting && state.net ? html`<p class="hint" role="status">${t("ui.net.keeps", { name: state.net.name || t("ui.net.unnamed") })}</p>` : nothing}</div>
    ${first?.at ? html`<button class="show-where" @click=${() => goTo(first.at)}>${t("ui.net.showWhere")}</button>` : nothing}
    ${state.drafting && state.net ? html`<button @click=${() => { actions.keepNetwork(); focusNext(ON_TRAINING); }}>${t("ui.net.keepIt")}</button>` : nothing}
    ${compareDoor(c)}
    <button class="main build" ?disabled=${state.pending || state.training || !state.tables} @click=${press}>${t("ui.net.build")}</button></footer>`;
}

/** What is to be mended first, and where: what the server refused, else what cannot be read, else what is known here.
 * @param {Context} c @returns {{said: string, at: string} | null} */
function firstOf(c) {
  const { networkProblem, networkPointer, tableProblem, programProblem } = c.state;
  if (networkProblem) return { said: networkProblem, at: networkPointer };
  if (tableProblem) return { said: tableProblem.detail, at: "/data/csv" };
  if (programProblem && shown(c.state).program !== undefined) return { said: programProblem.detail, at: "/program" };
  const found = known(c.state).find((f) => f.grave);
  return found ? { said: sentence(c, found), at: found.pointer } : null;
}

/** To the control that a problem stands at, or the nearest one around it. @param {string} pointer */
function goTo(pointer) {
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = document.getElementById(idAt(at)) ?? document.querySelector(`[id^="${CSS.escape(idAt(at))}-"]:is(input, select, textarea)`);
    if (!(found instanceof HTMLElement)) continue;
    found.closest("details")?.setAttribute("open", "");
    found.scrollIntoView({ block: "center" });
    return found.focus();
  }
}
