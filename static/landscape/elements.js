/** Single numbers of parameters by name, `W1[0,2]`, and those that are looked at first. */

/** @typedef {{name: string, shape: number[]}} Parameter */

/** The parameters of a network in their order; large ones are told without their numbers, but the graph knows their shapes.
 * @param {import("../network/requests.js").Network} net @param {import("../types.js").Graph | null} graph @returns {Parameter[]} */
export function parametersOf(net, graph) {
  return Object.entries(net.parameters).flatMap(([name, value]) => {
    const shape = value === null ? graph?.nodes.find((n) => n.id === name)?.shape : shapeOf(value);
    return shape ? [{ name, shape }] : [];
  });
}

/** @param {any} value @returns {number[]} */
const shapeOf = (value) => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []);

/** @param {string} parameter @param {number[]} place */
export const written = (parameter, place) => (place.length ? `${parameter}[${place.join(",")}]` : parameter);

/** @param {string} name @returns {{parameter: string, place: number[]}} */
export function read(name) {
  const [parameter, inside = ""] = name.replace("]", "").split("[");
  return { parameter: parameter.trim(), place: inside.split(",").filter((part) => part.trim() !== "").map(Number) };
}

/** Whether the name is that of a number. @param {Parameter[]} all @param {string} name */
export function names(all, name) {
  const { parameter, place } = read(name);
  const found = all.find((p) => p.name === parameter);
  return !!found && found.shape.length === place.length && place.every((i, k) => Number.isInteger(i) && i >= 0 && i < found.shape[k]);
}

const first = (/** @type {Parameter} */ p) => written(p.name, p.shape.map(() => 0));

/** The first weight of the first and of the last layer; null where there is only one number.
 * @param {Parameter[]} all @returns {[string, string] | null} */
export function firstPair(all) {
  const weights = all.filter((p) => p.shape.length > 1);
  const chosen = weights.length > 1 ? [weights[0], weights[weights.length - 1]] : all.length > 1 ? all.slice(0, 2) : [];
  if (chosen.length) return [first(chosen[0]), first(chosen[1])];
  const [only] = all;
  const axis = only?.shape.findIndex((n) => n > 1) ?? -1;
  return axis < 0 ? null : [first(only), written(only.name, only.shape.map((_, k) => Number(k === axis)))];
}
