/** What asking a step brings to the page; it comes when it is first wanted. */
export { askCard } from "./ask/card.js";
export { choosing } from "./ask/choosing.js";
