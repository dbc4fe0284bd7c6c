/** The curves of a sweep over each other: a line for each of its settings, the room of the seeds around it. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ranked } from "../../sweep/groups.js";
import { MOST_LINES, lineOf } from "../../sweep/lines.js";
import { settingWord, settingsName } from "../../sweep/words.js";
import { curves } from "../compare/curves.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../sweep/groups.js").Group} Group */

/** The settings that have a line of their own: the best of them, in the order of the table, and the one that is pointed at.
 * @param {Group[]} groups @param {number | null} lit */
export function lined(groups, lit) {
  const some = groups.filter((g) => g.runs.some((r) => r.curve?.iterations.length));
  const best = groups.length > MOST_LINES ? ranked(some).slice(0, MOST_LINES).sort((a, b) => a.index - b.index) : some;
  const pointed = some.find((g) => g.index === lit && !best.includes(g));
  return { best, shown: pointed ? [...best, pointed] : best, others: some.filter((g) => !best.includes(g) && g !== pointed) };
}

/** @param {Context} c @param {import("../../sweep/swept.js").Answer} answer @param {Group[]} groups */
export function sweepChart(c, { iterations }, groups) {
  const { state: { swept }, t, actions } = c;
  const { best, shown, others } = lined(groups, swept.lit);
  if (!shown.length) return nothing;
  const lines = shown.map((g) => lineOf(g, iterations));
  const read = (/** @type {number} */ at, /** @type {number} */ i) => actions.readSwept(at, shown[i]?.index ?? swept.lit);
  const seeds = lines.some((l) => l.band);
  return html`<div class="sweep-chart">${curves(c, {
    runs: lines.map((l) => l.run), names: shown.map((g) => settingsName(c, g.settings)), about: Object.keys(groups[0].settings).map((id) => settingWord(c, id)).join(" · "),
    cursor: swept.cursor, read, others: others.map((g) => lineOf(g, iterations).run), bands: lines.map((l) => l.band),
    scaled: best.flatMap((g) => lineOf(g, iterations).runs), lit: swept.lit === null ? null : shown.findIndex((g) => g.index === swept.lit), wide: true,
  })}<p class="hint">${seeds ? t("ui.sweep.median") : nothing} ${groups.length > MOST_LINES ? t("ui.sweep.some", { n: MOST_LINES }) : nothing}</p></div>`;
}
