/** Opening an exercise on the page, which stays the same page. */
import { client } from "../api.js";
import { AT_EASE } from "../ask/asking.js";
import { graphState } from "../lesson.js";
import { BLANK } from "../state.js";

/** @typedef {import("../views/context.js").Context} Context */

/** @param {Context} c @param {import("./progress.js").Place} place */
export async function openExercise({ config, store, actions, t }, place) {
  let found;
  try {
    found = await client(config.api, () => config.lang).exercise(place.template, place.level, place.seed);
  } catch {
    return store.set({ toast: t("ui.offline") });
  }
  if (!config.exercise) return;
  config.exercise = { ...config.exercise, ...found };
  const { program, values } = found;
  const asked = store.get().ask === "off" ? "every" : store.get().ask;
  const { history, past, future, nudge, camera, select, expand, detail, iteration } = BLANK;
  store.set({
    ...graphState(found), draft: program, values, history, past, future, nudge, camera, select, expand, detail, iteration,
    step: 0, beat: 1, playing: false, editing: "", ask: asked, asking: AT_EASE,
  });
  await actions.compute();
}
