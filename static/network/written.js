/** A network written as a program: what its layers say, and which leaves are data, trained, or constants. */

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("../types.js").Leaf} Leaf */
/** @typedef {Pick<Draft, "program" | "trainable" | "shapes">} Written */

const DATA = ["x", "y"];

/** The program that the layers of a draft stand for, with its weights to be drawn. @param {Draft} draft @returns {Written} */
export function programmed({ inputs, layers, loss }) {
  /** @type {Record<string, number[]>} */
  const shapes = {};
  const lines = [];
  let [before, width] = ["x", inputs];
  for (const [i, { units, activation, bias }] of layers.entries()) {
    const k = i + 1;
    shapes[`W${k}`] = [width, units];
    if (bias) shapes[`b${k}`] = [units];
    lines.push(`s${k} = ${before} @ W${k}${bias ? ` + b${k}` : ""}`);
    if (activation !== "linear") lines.push(`a${k} = ${activation}(s${k})`);
    [before, width] = [activation === "linear" ? `s${k}` : `a${k}`, units];
  }
  return { program: [...lines, `L = ${loss}(${before}, y)`].join("\n"), trainable: Object.keys(shapes), shapes };
}

/** A weight right behind the data is as high as they are wide; of all else the smallest shape is a guess as good as any.
 * @param {Draft} draft @param {string} name */
function guessed({ program = "", inputs, layers }, name) {
  const parts = /x\s*@\s*([^\s()+\-*/@;,]+)/.exec(program);
  return parts?.[1] === name ? [inputs, layers[layers.length - 1].units] : [];
}

/** Another text: leaves that are gone are neither trained nor drawn; new ones without a value are trained.
 * @param {Draft} draft @param {Leaf[]} leaves @param {Leaf[]} before  the leaves of the text before @returns {Draft} */
export function adapted(draft, leaves, before) {
  const old = new Set(before.map((l) => l.name));
  const names = leaves.map((l) => l.name).filter((n) => !DATA.includes(n));
  const fresh = leaves.filter((l) => !old.has(l.name) && l.default === null).map((l) => l.name);
  const trainable = names.filter((n) => draft.trainable?.includes(n) || fresh.includes(n));
  const bare = leaves.filter((l) => l.default === null && trainable.includes(l.name)).map((l) => l.name);
  const shapes = Object.fromEntries(bare.map((n) => [n, draft.shapes?.[n] ?? guessed(draft, n)]));
  return { ...draft, trainable, shapes: Object.keys(shapes).length ? shapes : undefined };
}

/** The leaves that can be trained. @param {Leaf[]} leaves */
export const ownLeaves = (leaves) => leaves.filter((l) => !DATA.includes(l.name));

/** A shape as one writes it: `2 × 3`, `4`, or nothing for a single number. @param {string} text @returns {number[] | null} */
export function readShape(text) {
  const parts = text.trim() ? text.trim().split(/\s*[×x*,; ]\s*/i) : [];
  const axes = parts.map(Number);
  return axes.every((n) => Number.isInteger(n) && n > 0) ? axes : null;
}

/** @param {number[] | undefined} shape */
export const printShape = (shape) => (shape ?? []).join(" × ");
