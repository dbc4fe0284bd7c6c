/** What a large graph needs, fetched while the server computes it. */
import { layoutLater } from "./layout/later.js";
import "../views/large.js";

layoutLater.warm();
