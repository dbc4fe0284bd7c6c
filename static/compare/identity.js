/** Two neurons in a chain that learn to answer what they are asked, from the weights of the lecture's example. */

const ROWS = [0.2, 0.4, 0.6, 0.8, 1].map((x) => [x]);
const NEURON = { units: 1, activation: "sigmoid", bias: false };

/** @type {import("../network/draft.js").Draft} */
export const IDENTITY = {
  inputs: 1, layers: [NEURON, NEURON], loss: "half_mse", optimizer: { name: "sgd", learning_rate: 1 }, init: "xavier_uniform", seed: 0,
  parameters: { W1: [[-0.5]], W2: [[0.5]] }, data: { x: ROWS, y: ROWS }, shuffle: false,
};
