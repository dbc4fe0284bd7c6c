/** A thread of its own: one question in; a word that it has begun, and one answer out. */
import { BEGUN } from "./begun.js";
import { buffers } from "./problem.js";
import { solved } from "./solve.js";

/** @param {MessageEvent<import("./problem.js").Problem>} event */
self.onmessage = ({ data }) => {
  self.postMessage(BEGUN);
  const answer = solved(data);
  self.postMessage(answer, { transfer: buffers(answer) });
};
