/** The pass, or the whole lesson, as a page that plays by itself: the server puts it together. */
import { spec } from "../actions/graph.js";
import { client } from "../api.js";

/** @param {import("../views/context.js").Context} c @returns {Promise<Blob>} */
export function playerOf({ config, state }) {
  const { lesson } = config;
  const asked = lesson ? { lesson: lesson.slug } : { ...spec(state), step: state.step };
  return client(config.api, () => state.lang).player({ ...asked, lang: state.lang });
}
