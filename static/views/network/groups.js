/** The settings of a network in four groups: its data, how they are dealt out, how it learns, and how it begins. */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { LOSSES, driven, initOf } from "../../network/draft.js";
import { word } from "../../network/said.js";
import { shown, standing } from "../../network/shown.js";
import { math } from "../../math.js";
import { choiceField, settingField, settingFields, tickField } from "./fields.js";
import { ownTable } from "./own.js";
import { pictures } from "./pictures.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../network/draft.js").Draft} Draft */
/** @typedef {import("../../network/draft.js").Tables} Tables */
/** @typedef {import("../../network/draft.js").TableRow} TableRow */

/** @param {Context} c @param {string} name @param {string} gist  what is chosen, in a few words @param {unknown} body */
const group = (c, name, gist, body) => html`<details class="group" .open=${!standing(c.state)}>
  <summary><b>${c.t(`ui.net.group.${name}`)}</b> <span class="gist">${gist}</span></summary>
  <fieldset ?disabled=${c.state.training} aria-label=${c.t(`ui.net.group.${name}`)}>${body}</fieldset></details>`;

/** @param {Context} c */
const change = (c) => (/** @type {Partial<Draft>} */ fields) => c.actions.redraft({ ...shown(c.state), ...fields });

/** The rows of a table as choices. @param {Context} c @param {string} kind @param {{name: string}[]} rows */
const named = ({ t }, kind, rows) => rows.map(({ name }) => [name, word(t, kind, name)]);

/** A rule in signs, where explanations are wanted. @param {Context} c @param {TableRow | undefined} row */
const rule = ({ state }, row) => (state.explained && row ? html`<div class="rule" tabindex="0">${
  row.latex.split("\\qquad").map((line) => html`<div ${math(line, true)}></div>`)}</div>` : nothing);

/** @param {unknown[]} fields */
const fieldsOf = (fields) => (fields.length ? html`<div class="fields">${fields}</div>` : nothing);

/** @param {Context} c @param {Tables} tables */
export function dataGroup(c, tables) {
  const { state, t, actions } = c;
  const { data } = shown(state);
  const set = tables.datasets.find((d) => d.name === data.name);
  const title = set ? set.title[state.lang] : t("csv" in data ? "ui.net.ownShort" : "ui.net.rowsGiven");
  const sets = [...tables.datasets.map((d) => [d.name, d.title[state.lang]]), ["", t("ui.net.ownData")]];
  return group(c, "data", title, html`${pictures(c)}
    ${choiceField(c, "/data/name", t("ui.net.dataset"), data.name ?? "", sets, actions.chooseData)}
    ${set ? html`<p class="hint">${set.doc[state.lang]}</p>${fieldsOf(settingFields(c, "/data", set.settings, data, actions.setData))}` : nothing}
    ${"csv" in data ? ownTable(c) : nothing}`);
}

/** @param {Context} c */
export function batchGroup(c) {
  const { t, state, number } = c;
  const { batch_size: size, held_out: share = 0, shuffle, standardise = false } = shown(state);
  const put = change(c);
  const dealt = size === undefined ? t("ui.net.allRows") : t("ui.net.batchesOf", { n: size });
  const gist = share ? `${dealt}, ${t("ui.net.heldGist", { share: number(share * 100) })}` : dealt;
  return group(c, "batches", gist, html`<div class="fields">
    ${settingField(c, "/batch_size", t("ui.batchSize"), size, (v) => put({ batch_size: v ?? undefined }), { empty: t("ui.net.allRows"), help: t("ui.help.batch_size") })}
    ${settingField(c, "/held_out", t("ui.net.heldOut"), share, (v) => put({ held_out: v ?? 0 }), { percent: true, help: t("ui.help.held_out") })}
    ${tickField(c, "/shuffle", t("ui.net.shuffle"), shuffle, (on) => put({ shuffle: on }), t("ui.help.shuffle"))}
    ${tickField(c, "/standardise", t("ui.net.standardise"), standardise, (on) => put({ standardise: on }), t("ui.help.standardise"))}</div>`);
}

/** @param {Context} c @param {Tables} tables */
export function learningGroup(c, tables) {
  const { state, t, actions } = c;
  const { loss, optimizer, schedule = { name: "constant" } } = shown(state);
  const put = change(c);
  const row = tables.optimizers.find((o) => o.name === optimizer.name);
  const pace = tables.schedules.find((s) => s.name === schedule.name);
  const gist = `${word(t, "loss", loss)} · ${word(t, "optimizer", optimizer.name)}, α = ${c.number(optimizer.learning_rate)}`;
  const losses = named(c, "loss", LOSSES.map((name) => ({ name })));
  const paced = (/** @type {string} */ name) => put({ schedule: name === "constant" ? undefined : { name } });
  return group(c, "learning", gist, html`
    ${choiceField(c, "/loss", t("ui.net.loss"), loss, losses, (name) => put({ loss: name }), t(`ui.help.loss.${loss}`))}
    ${choiceField(c, "/optimizer/name", t("ui.net.optimizer"), optimizer.name, named(c, "optimizer", tables.optimizers),
      (name) => actions.redraft(driven(shown(state), name)), row?.doc[state.lang])}
    ${rule(c, row)}${fieldsOf(settingFields(c, "/optimizer", row?.settings ?? [], optimizer, (given) => put({ optimizer: given })))}
    ${choiceField(c, "/schedule/name", t("ui.net.schedule"), schedule.name, named(c, "schedule", tables.schedules), paced, pace?.doc[state.lang])}
    ${fieldsOf(settingFields(c, "/schedule", pace?.settings ?? [], schedule, (given) => put({ schedule: { ...given, name: schedule.name } })))}`);
}

/** @param {Context} c @param {Tables} tables */
export function startGroup(c, tables) {
  const { state, t } = c;
  const build = shown(state);
  const put = change(c);
  const init = initOf(build);
  const row = tables.initializers.find((i) => i.name === init.name);
  return group(c, "start", `${word(t, "init", init.name)}, ${t("ui.net.seedGist", { n: build.seed })}`, html`
    ${choiceField(c, "/init/name", t("ui.net.init"), init.name, named(c, "init", tables.initializers), (name) => put({ init: name }), row?.doc[state.lang])}
    ${rule(c, row)}<div class="fields">${settingFields(c, "/init", row?.settings ?? [], init, (given) => put({ init: { ...given, name: init.name } }))}
    ${settingField(c, "/seed", t("ui.net.seed"), build.seed, (v) => put({ seed: v ?? 0 }), { help: t("ui.help.seed") })}</div>`);
}
