/** An equation in pieces, between which a line may break. */
import { html } from "../vendor/lit-html/lit-html.js";
import { addends } from "../chain.js";
import { math } from "../math.js";

/** @param {string} name @param {string[]} pieces @param {boolean} [long]  whether each addend is laid out by itself, where it is in sight */
export const equation = (name, pieces, long = false) =>
  html`<div class="eq ${name}">${long ? addends(pieces).map((some) => html`<div class="addend">${some.map(piece)}</div>`) : pieces.map(piece)}</div>`;

/** @param {string} latex */
const piece = (latex) => html`<span ${math(`\\displaystyle ${latex}`)}></span> `;
