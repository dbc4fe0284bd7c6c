/** What is seen of large graphs: one part of the page, which comes when it is first wanted. */
export { canvasView } from "../stage/canvas/view.js";
export { graphTable } from "./table.js";
