/** What is seen of networks: one part of the page, which comes when it is first wanted. */
export { draftBar } from "./network/bar.js";
export { batchPanel } from "./network/batch.js";
export { builder } from "./network/builder.js";
export { health } from "./network/health.js";
export { meanBox } from "./network/mean.js";
export { overlay } from "./network/overlay.js";
export { sketch } from "./network/sketch.js";
export { tracks } from "./network/tracks.js";
export { training } from "./network/training.js";
