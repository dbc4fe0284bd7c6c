/** The panel of a network: where training stands, how it is driven and steered, how it fares, and the picture of the problem. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { viewing } from "../../network/shown.js";
import { lossChart } from "./chart.js";
import { doors } from "../compare/doors.js";
import { clinic } from "./clinic.js";
import { drive } from "./drive.js";
import { health } from "./health.js";
import { problemPicture } from "./problem.js";
import { ruler } from "./ruler.js";
import { sliders } from "./sliders.js";
import { spread } from "./spread.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} c */
export function training(c) {
  const { state, t } = c;
  const { net, networkProblem } = state;
  if (!net) return html`<p class="empty">${networkProblem || t(state.network ? "ui.computing" : "ui.net.none")}</p>`;
  return html`${clinic(c)}${counters(c, net)}
    ${drive(c, net)}
    ${lossChart(c)}${doors(c)}${viewing(state) ? nothing : sliders(c, net)}
    ${problemPicture(c)}
    ${health(c)}${spread(c)}
    ${net.notices.map((n) => html`<p class="notice">${n}</p>`)}`;
}

/** Epoch, batch and iteration, with ⌈N / batch size⌉. @param {Context} c @param {import("../../network/requests.js").Network} net */
function counters(c, net) {
  const { t } = c;
  const { batch } = net;
  return html`<dl class="counters"><div><dt>${t("ui.net.iteration")}</dt><dd>${c.number(net.iteration)}</dd></div><div><dt>${t("ui.net.epoch")}</dt><dd>${c.number(net.epoch)}</dd></div>
    <div><dt>${t("ui.net.batch")}</dt><dd>${batch.index + 1} / ${batch.of}</dd></div><div><dt>${t("ui.net.lossWord")}</dt><dd>${net.loss === null ? "?" : c.number(net.loss)}</dd></div></dl>
    ${ruler(c, net)}<p class="hint">⌈${net.counts.rows} / ${net.spec.batch_size}⌉ = ${batch.of} ${t(batch.of === 1 ? "ui.iterationPerEpoch" : "ui.iterationsPerEpoch")}</p>`;
}
