/** Programs to start from, with their numbers. */

/** @type {{key: string, program: string, values: Record<string, any>, constants?: string[], update?: string[]}[]} */
export const EXAMPLES = [
  { key: "product", program: "q = x + y\nf = q * z", values: { x: 2, y: 3, z: 4 } },
  { key: "chain", program: "s1 = x1 * w1\na1 = sigmoid(s1)\ns2 = a1 * w2\na2 = sigmoid(s2)\nL = half_mse(a2, y)", values: { x1: 1, w1: -0.5, w2: 0.5, y: 1 }, constants: ["x1", "y"], update: ["w1", "w2"] },
  { key: "matrices", program: "s1 = x @ W1\na1 = sigmoid(s1)\ns2 = a1 @ W2\na2 = sigmoid(s2)\nL = half_mse(a2, y)", values: { x: [[1, 2, 3]], W1: [[0.1, 0.2], [0.3, 0.4], [1, -0.5]], W2: [[0.3], [0.5]], y: [[1]] }, constants: ["x", "y"], update: ["W1", "W2"] },
  { key: "square", program: "f = x * x", values: { x: 3 } },
  { key: "diamond", program: "a = x ** 2\nb = 3 * x\nf = a * b", values: { x: 2 } },
  { key: "relu", program: "s = w * x + b\na = relu(s)\nL = half_mse(a, y)", values: { w: 0.5, x: 2, b: -0.3, y: 1 }, constants: ["x", "y"], update: ["w", "b"] },
];
