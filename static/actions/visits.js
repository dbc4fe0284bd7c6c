/** From lesson to lesson, and to other languages, without leaving the page; what does it comes when it is first wanted. */
import { lessonAddress, nextLesson } from "../presenting/carried.js";

/** Milliseconds within which the history moves, where it does. */
const PATIENCE = 1000;

/** @param {import("./graph.js").Tools} tools @param {() => Promise<void>} compute
 * @param {Pick<import("./networks.js").NetworksActions, "speakNetworks">} networks @param {(draft: string) => Promise<void>} look */
export function visitActions(tools, compute, networks, look) {
  const { config, store } = tools;
  /** How many lessons are on their way here, and what was pressed meanwhile. */
  let coming = 0;
  /** @type {(() => void)[]} */
  const pressed = [];
  /** Whether the history was asked to go back, and has not moved yet. */
  let leaving = false;

  /** What one press does holds in the lesson that it leads to. @param {() => void} press */
  const whenThere = (press) => void (coming ? pressed.push(press) : press());

  function here() {
    coming -= 1;
    if (!coming) pressed.splice(0).forEach(whenThere);
  }

  /** The history has moved, or will not: what follows in this turn still counts as on its way. */
  function moved() {
    if (leaving) queueMicrotask(here);
    leaving = false;
  }

  /** The browser leaves this page for another: what was pressed would be done in the wrong lesson. @param {string} href */
  function leave(href) {
    pressed.length = 0;
    location.assign(href);
  }

  /** @param {string} href @param {{onward: boolean} | null} entered */
  async function go(href, entered) {
    coming += 1;
    try {
      const { visit } = await import("../presenting/visit.js");
      if (!(await visit(tools, compute, href, entered))) pressed.length = 0;
    } catch {
      leave(href);
    } finally {
      here();
    }
  }

  return {
    whenThere,
    /** @param {string} slug @param {boolean} [onward]  whether a press back at its beginning returns */
    visit(slug, onward = false) {
      pressed.length = 0;
      void go(lessonAddress(config, slug, store.get()), { onward });
    },
    /** Go on to the next lesson. */
    goOn() {
      const next = nextLesson(config);
      if (next) void go(lessonAddress(config, next.slug, store.get()), { onward: true });
    },
    /** At the beginning of a lesson that was gone on to: back to where the one before was left. */
    goBack() {
      if (!history.state?.onward || history.length < 2) return;
      [leaving, coming] = [true, coming + 1];
      history.back();
      setTimeout(moved, PATIENCE);
    },
    /** Go on in another language on this page. @param {string} href  this page in that language */
    async speakOn(href) {
      if (config.page === "embed") return location.assign(href);
      try {
        const { messages } = config;
        const { draftProblem } = store.get();
        const { speakOn } = await import("../presenting/visit.js");
        await speakOn(tools, compute, href);
        const { network, left, compare, vary, draft } = store.get();
        if (draftProblem) await look(draft);
        if (network || left === "network" || compare || vary) await networks.speakNetworks(messages);
      } catch {
        location.assign(href);
      }
    },
    /** The history has moved; the language of the page stays. */
    returned() {
      const url = new URL(location.href);
      moved();
      if (!config.lesson || url.pathname.endsWith(`/${config.lesson.slug}`)) return;
      url.searchParams.set("lang", config.lang);
      void go(url.href, null);
    },
  };
}
