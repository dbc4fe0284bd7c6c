/** The program as code of other tools: the server writes it. */
import { spec } from "../actions/graph.js";
import { client } from "../api.js";

/** @typedef {"pytorch" | "jax" | "numpy"} Tool */

/** @type {{name: Tool, title: string}[]} */
export const TOOLS = [{ name: "pytorch", title: "PyTorch" }, { name: "jax", title: "JAX" }, { name: "numpy", title: "NumPy" }];

/** What is asked for; another program or other values have other code. @param {import("../state.js").State} state @param {string} format */
const asked = (state, format) => {
  const { program, values, constants } = spec(state);
  return { program, values, constants, format };
};

/** @param {import("../state.js").State} state  whether the code that is here is that of what the stage shows */
export const current = (state) => state.code !== null && state.code.of === JSON.stringify(asked(state, state.code.format));

/** @param {import("../views/context.js").Context} c @param {Tool} format */
export async function write({ config, store, t }, format) {
  const state = store.get();
  const wanted = asked(state, format);
  try {
    const text = await client(config.api, () => state.lang).code(wanted);
    store.set({ code: { format, of: JSON.stringify(wanted), text } });
  } catch (error) {
    const why = error instanceof Error && error.message ? error.message : t("ui.offline");
    store.set({ toast: why });
  }
}
