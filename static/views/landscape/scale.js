/** Which colour stands for which loss: the bands of the map in a bar, with the losses between them. */
import { html, svg } from "../../vendor/lit-html/lit-html.js";
import { number } from "../../format.js";
import { colourOf } from "../../landscape/levels.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c @param {ReturnType<typeof import("../../landscape/plot.js").drawn>} picture */
export function scaleBar({ state: { lang }, t, room }, { scale: { levels, log } }) {
  const text = room?.look === "projector" ? 28 : 14;
  const digits = [2, 3, 4, 5, 6].find((d) => new Set(levels.map((v) => v.toPrecision(d))).size === levels.length) ?? 7;
  const [w, h, n] = [text * 22, text * 1.3, levels.length + 1];
  const every = Math.ceil(levels.length / (digits > 3 ? 4 : 6));
  const short = (/** @type {number} */ v) => number(v, digits, lang).text;
  return html`<figure class="scale"><figcaption>${t(log ? "ui.landscape.scaleLog" : "ui.landscape.scale")}</figcaption><svg width=${w} height=${h + text * 1.5} viewBox="0 0 ${w} ${h + text * 1.5}" role="img" aria-label=${t("ui.landscape.scaleText", { losses: levels.map(short).join("; ") })}>
    ${Array.from({ length: n }, (_, i) => svg`<rect class="h${colourOf(i, levels.length)}" x=${(i * w) / n} width=${w / n + 0.5} height=${h}></rect>`)}
    ${levels.map((v, i) => (i % every ? svg`` : svg`<path class="tick" d="M${((i + 1) * w) / n} ${h - 5}v9"></path><text x=${((i + 1) * w) / n} y=${h + text * 1.2} text-anchor="middle">${short(v)}</text>`))}</svg></figure>`;
}
