/** What a learner answered, as typed: kept in this browser, and where that is refused until the page is closed. */
import { keepSetting, keptSetting } from "../settings.js";
import { placeOf } from "./asked.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../types.js").Config} Config */
/** @typedef {string | string[] | string[][]} Typed */
/** @typedef {{template: string, level: number, seed: number}} Place  an exercise */
/**
 * @typedef {{exercise?: Place, lesson?: string, scene?: string, seed?: number, graph?: import("./asked.js").Asked, question: {kind: string, step: number, cell?: number[]}, attempts: Typed[],
 *   shown?: number, right?: number}} Item  `shown`: after so many attempts the step was shown; `right`: so many it took, as the page saw it
 * @typedef {{name: string, items: Item[], finished: (Place & {alone: boolean})[]}} Progress
 */

const NAME = "progress";
/** More is not kept of one question, and not of all. */
const ATTEMPTS = 20, ITEMS = 5000, CHARACTERS = 2_000_000;
/** @type {Progress} */
const NOTHING = { name: "", items: [], finished: [] };
let held = NOTHING;
let known = "";
let refused = false;

/** What is kept, read anew only where another page has written. @returns {Progress} */
export function progress() {
  const text = keptSetting(NAME);
  if (text === null) return refused ? held : NOTHING;
  if (text !== known) [known, held] = [text, read(text)];
  return held;
}

/** @param {string} text @returns {Progress} */
function read(text) {
  try {
    const found = { ...NOTHING, ...JSON.parse(text) };
    return Array.isArray(found.items) && Array.isArray(found.finished) ? found : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** @param {Progress} next */
export function keep(next) {
  held = next;
  const text = JSON.stringify(next);
  keepSetting(NAME, text);
  refused = keptSetting(NAME) !== text;
  known = text;
}

/** Whether this browser refuses to keep anything. */
export function unkept() {
  if (!refused && keptSetting(NAME) === null) keep(held);
  return refused;
}

export const erase = () => keep(NOTHING);

/** Write down what was typed, or with `null` that the step was shown. @param {State} s @param {Config} config
 * @param {import("../ask/due.js").Question} q @param {Typed | null} answer @param {import("../wire.d.ts").AnswerVerdict | null} verdict */
export function note(s, config, { kind, step, cell }, answer, verdict) {
  const place = placeOf(s, config, kind);
  if (!place) return;
  const kept = progress();
  const question = { kind, step, ...(cell ? { cell } : {}) };
  const key = JSON.stringify([place, question]);
  const found = kept.items.find(({ question: asked, ...one }) => JSON.stringify([own(one), asked]) === key);
  const item = { ...(found ?? { ...place, question, attempts: [] }) };
  if (item.right || item.shown !== undefined || (!found && (kept.items.length >= ITEMS || known.length > CHARACTERS))) return;
  if (answer !== null && item.attempts.length < ATTEMPTS) item.attempts = [...item.attempts, answer];
  if (verdict?.right) item.right = item.attempts.length;
  else if (answer === null || verdict?.worked) item.shown = item.attempts.length;
  const items = found ? kept.items.map((one) => (one === found ? item : one)) : [...kept.items, item];
  keep({ ...kept, items, finished: finished(kept, items, place, config) });
}

/** @param {Omit<Item, "question">} one */
const own = ({ exercise, lesson, scene, seed, graph }) => (exercise ? { exercise } : graph ? { graph } : { lesson, scene, ...(seed === undefined ? {} : { seed }) });

/** Add the exercise to those that are finished once all its questions are done with.
 * @param {Progress} kept @param {Item[]} items @param {Partial<Item>} place @param {Config} config */
function finished({ finished: before }, items, { exercise }, config) {
  if (!exercise || !config.exercise || before.some((one) => same(one, exercise))) return before;
  const mine = done(items, exercise);
  if (mine.length < config.exercise.questions.length) return before;
  return [...before, { ...exercise, alone: mine.every((one) => one.right) }];
}

/** The questions of an exercise that are done with. @param {Item[]} items @param {Place} place */
export const done = (items, place) => items.filter((one) => one.exercise && same(one.exercise, place) && (one.right || one.shown !== undefined));

/** @param {Place} a @param {Place} b */
const same = (a, b) => a.template === b.template && a.level === b.level && a.seed === b.seed;
