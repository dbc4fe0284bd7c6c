/** What each of the networks answers, side by side, drawn like the picture of the problem in the lab. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { problemPicture } from "../network/problem.js";
import { called } from "./form.js";
import { swatch } from "./swatch.js";

/** @typedef {import("../context.js").Context} Context */

/** Tables of more classes do not stand side by side. */
const MOST_CLASSES = 4;

/** @param {Context} c */
export function pictures(c) {
  const { runs, rows, grid, field, values } = c.state.versus;
  if (!field || !rows || !grid || !runs.some((r) => r.outputs)) return nothing;
  if (grid.kind === "rows" && (rows.classes?.length ?? MOST_CLASSES + 1) > MOST_CLASSES) return nothing;
  return html`<ul class="versus-pictures" aria-label=${c.t("ui.compare.pictures")}>${runs.map((run, i) => {
    const outputs = run.probabilities ?? run.outputs;
    return html`<li><h3>${swatch(i, c.room?.look === "projector" ? 1.6 : 1)} ${called(c, field, values[i])}</h3>${outputs ? problemPicture({ ...c, state: { ...c.state, points: rows, field: { ...grid, outputs } } }) : nothing}</li>`;
  })}</ul>`;
}
