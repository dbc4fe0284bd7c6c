/** From lesson to lesson without leaving the page; what does it comes when it is first wanted. */
import { lessonAddress, nextLesson } from "../presenting/carried.js";

/** @param {import("./graph.js").Tools} tools @param {() => Promise<void>} compute */
export function visitActions(tools, compute) {
  const { config, store } = tools;

  /** @param {string} href @param {{onward: boolean} | null} entered */
  async function go(href, entered) {
    try {
      const { visit } = await import("../presenting/visit.js");
      await visit(tools, compute, href, entered);
    } catch {
      location.assign(href);
    }
  }

  return {
    /** @param {string} slug @param {boolean} [onward]  whether a press back at its beginning returns */
    visit: (slug, onward = false) => go(lessonAddress(config, slug, store.get()), { onward }),
    /** Go on to the next lesson. */
    goOn() {
      const next = nextLesson(config);
      if (next) void go(lessonAddress(config, next.slug, store.get()), { onward: true });
    },
    /** At the beginning of a lesson that was gone on to: back to where the one before was left. */
    goBack: () => history.state?.onward && history.back(),
    /** The history has moved; the language of the page stays. */
    returned() {
      const url = new URL(location.href);
      if (!config.lesson || url.pathname.endsWith(`/${config.lesson.slug}`)) return;
      url.searchParams.set("lang", config.lang);
      void go(url.href, null);
    },
  };
}
