/** The reference of the interface: its contents, copy buttons and forms. */
import { attachContents } from "./contents.js";
import { attachCopies } from "./copy.js";
import { attachForms } from "./try.js";

attachContents();
attachCopies();
attachForms();
