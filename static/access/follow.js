/** The focus follows the playhead, for those who asked for it: in the transcript to its step, else to the card. */
import { focusCard } from "../stage/cursor.js";

/** @param {import("../state.js").State} state */
export function follow({ graph, step, beat, playing }) {
  const element = document.activeElement;
  if (playing || element?.closest("input:not([type=range], [type=checkbox]), textarea, select")) return;
  requestAnimationFrame(() => {
    const index = beat > 0 ? step : step - 1;
    const item = document.querySelector(`.transcript [data-step="${index + 1}"]`);
    const now = graph?.steps[index];
    if (item instanceof HTMLElement) item.focus();
    else if (now) focusCard(now.source ?? now.node);
  });
}
