/** The address of a lesson, with how the page is looked at now. */
import { BLANK, printAddress } from "../state.js";

/** @param {import("../types.js").Config} config @param {string} slug @param {import("../state.js").State} s */
export const lessonAddress = ({ base }, slug, { lang, theme, hues, projector, digits }) =>
  `${base}/lessons/${slug}${printAddress({ ...BLANK, lang, theme, hues, projector, digits }, { lang: "" })}`;

/** The lesson after this one, if there is one. @param {import("../types.js").Config} config */
export const nextLesson = ({ lesson, lessons }) => lessons[lessons.findIndex((one) => one.slug === lesson?.slug) + 1] ?? null;

/** Go on to the next lesson. @param {import("../types.js").Config} config @param {import("../state.js").State} s */
export function goOn(config, s) {
  const next = nextLesson(config);
  if (next) location.assign(lessonAddress(config, next.slug, s));
}
