/** The layout for a graph: networks in closed form, other programs in layers. */
import { layered } from "./layered.js";
import { isNetwork, networked } from "./network.js";

/** @param {import("./problem.js").Problem} problem @returns {import("./problem.js").Places} */
export const solved = (problem) => (isNetwork(problem) && networked(problem)) || layered(problem);
