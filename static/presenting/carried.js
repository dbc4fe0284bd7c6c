/** The address of a lesson, with how the page is looked at now. */
import { BLANK, printAddress } from "../state.js";

/** @param {import("../types.js").Config} config @param {string} slug @param {import("../state.js").State} s */
export const lessonAddress = ({ base }, slug, { lang, theme, hues, projector, digits }) =>
  `${base}/lessons/${slug}${printAddress({ ...BLANK, lang, theme, hues, projector, digits }, { lang: "" })}`;

/** The lesson after this one, if there is one. @param {import("../types.js").Config} config */
export const nextLesson = ({ lesson, lessons }) => lessons[lessons.findIndex((one) => one.slug === lesson?.slug) + 1] ?? null;

/** What a link to a lesson does when it is pressed: it opens on this page, unless a window or tab of its own is asked for.
 * @param {import("../views/context.js").Context} c @param {string} slug @param {boolean} [onward] */
export const followed = ({ actions, config }, slug, onward = false) => (/** @type {MouseEvent} */ event) => {
  if (config.page !== "lesson" || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void actions.visit(slug, onward);
};
