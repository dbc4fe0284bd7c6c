/** Networks in another language: what the page said itself is said again, and what the server said is asked for again. */
import { retold } from "../i18n.js";

/** @typedef {import("../i18n.js").Messages} Messages */
/**
 * @typedef {{retell: () => Promise<unknown>, rereadProgram: () => Promise<unknown>, rereadRows: () => Promise<unknown>, retable: () => Promise<unknown>,
 *   survey: () => Promise<unknown>, runComparison: () => Promise<unknown>, openSweep: () => Promise<unknown>}} Asked
 */

/** @param {import("./graph.js").Tools} tools @param {Asked} actions */
export const spokenActions = ({ store: { get, set }, config }, actions) => ({
  /** What can be neither said nor asked for again without doing what was refused goes, until that is done. @param {Messages} before  the page's words until now */
  async speakNetworks(before) {
    const { networkProblem, networkPointer, survey, versus, swept, sweep, passesProblem, net } = get();
    const again = (/** @type {string} */ text) => retold(text, before, config.messages);
    const [said, lost, refused] = [survey.problem, versus.problem, swept.problem].map(again);
    const mine = again(networkProblem);
    set({
      networkProblem: mine, networkPointer: mine ? networkPointer : "", survey: { ...survey, problem: said },
      versus: { ...versus, problem: lost }, swept: { ...swept, problem: refused, lost: "" },
    });
    await Promise.all([
      net || networkProblem ? actions.retell() : null, actions.rereadProgram(), actions.retable(), passesProblem ? actions.rereadRows() : null,
      survey.problem && !said ? actions.survey() : null,
      versus.problem && !lost && !versus.runs.length ? actions.runComparison() : null,
      swept.problem && !refused && sweep ? actions.openSweep() : null,
    ]);
  },
});
