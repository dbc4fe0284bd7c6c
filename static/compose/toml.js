/** A lesson that was put together, as the file that `gradwalk lesson check` accepts. */

/** @typedef {import("./captured.js").Texts} Texts */
/** @typedef {import("./draft.js").Draft} Draft */

const LANGUAGES = ["en", "pt-BR"];
/** What a file may not hold: it is not drawn, or turns the direction of what is. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** The name in addresses. @param {string} title */
export const slugOf = (title) => title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "") || "my-lesson";

/** @param {Draft} draft @param {string} language  of the page */
export function printed(draft, language) {
  const told = languages(draft, language);
  const title = texts(draft.title, told, "");
  const lines = [`slug = ${quoted(slugOf(title[0][1]))}`];
  if (told.length < LANGUAGES.length) lines.push(`languages = ${JSON.stringify(told)}`);
  lines.push(...table("title", title), ...table("summary", texts(Object.values(draft.summary).some(filled) ? draft.summary : draft.title, told, "")));
  const graphs = draft.scenes.map((scene) => JSON.stringify(scene.network ?? scene.graph));
  const distinct = [...new Set(graphs)];
  distinct.forEach((graph, i) => lines.push("", ...printedGraph(`graph-${i + 1}`, JSON.parse(graph))));
  draft.scenes.forEach((scene, i) => {
    const asked = scene.asks && scene.ask !== "";
    lines.push("", "[[scenes]]", `id = "scene-${i + 1}"`, `graph = "graph-${distinct.indexOf(graphs[i]) + 1}"`, `from = ${scene.from}`, `to = ${Math.max(scene.from, Math.min(scene.to, scene.last))}`);
    if (asked) lines.push(`ask = [${quoted(scene.ask)}]`);
    lines.push(...table("scenes.title", texts(scene.title, told, `${i + 1}`)));
    for (const field of /** @type {const} */ (["text", "notes"])) {
      if (Object.values(scene[field]).some(filled)) lines.push(...table(`scenes.${field}`, texts(scene[field], told, "")));
    }
    const { reveal, symbols, tab, select } = scene.view;
    lines.push("", "[scenes.view]", `reveal = "${asked ? "beats" : reveal}"`);
    if (symbols && !asked) lines.push("symbols = true");
    if (tab === "rules") lines.push('tab = "rules"');
    if (select) lines.push(`select = ${quoted(select)}`);
  });
  return lines.join("\n") + "\n";
}

const filled = (/** @type {string | undefined} */ text) => (text ?? "").replace(UNSEEN, "").trim() !== "";

/** The languages that every text is there in; where there is none, the page's. @param {Draft} draft @param {string} language */
function languages(draft, language) {
  const all = [draft.title, ...draft.scenes.flatMap((s) => [s.title, s.text, s.notes]), draft.summary].filter((texts) => Object.values(texts).some(filled));
  const whole = LANGUAGES.filter((one) => all.every((texts) => filled(texts[one])));
  return whole.length ? whole : [language];
}

/** Each language's text; one that is missing is taken from another. @param {Texts} given @param {string[]} told @param {string} otherwise
 * @returns {[string, string][]} */
const texts = (given, told, otherwise) => told.map((one) => [one, [given[one], ...Object.values(given)].find(filled) ?? (otherwise || "—")]);

/** @param {string} name @param {[string, string][]} rows */
const table = (name, rows) => ["", `[${name}]`, ...rows.map(([one, text]) => `${one} = ${name === "scenes.text" || name === "scenes.notes" ? long(text) : quoted(text.replace(/\s+/g, " ").trim())}`)];

/** A text as it is written, where TOML can hold it so. @param {string} text */
function long(text) {
  const clean = text.replace(/\r\n?/g, "\n").replace(UNSEEN, "").trim();
  return clean.includes("'''") || clean.endsWith("'") ? quoted(clean) : clean.includes("\n") || /[\\"]/.test(clean) ? `'''\n${clean}\n'''` : quoted(clean);
}

/** @param {string} text */
const quoted = (text) => JSON.stringify(text.replace(UNSEEN, "").replace(/\p{Cs}/gu, ""));

/** @param {string} name */
const key = (name) => (/^[A-Za-z0-9_-]+$/.test(name) ? name : quoted(name));

/** @param {any} one @returns {string} */
const value = (one) => (Array.isArray(one) ? `[${one.map(value).join(", ")}]` : typeof one === "string" ? quoted(one) : one && typeof one === "object" ? inline(one) : String(one));

/** Without what is left open, for which TOML has no word. @param {Record<string, any>} entries */
const filledIn = (entries) => Object.entries(entries).filter(([, one]) => one !== null && one !== undefined);

/** @param {Record<string, any>} entries */
const inline = (entries) => `{ ${filledIn(entries).map(([name, one]) => `${key(name)} = ${value(one)}`).join(", ")} }`;

/** @param {string} name @param {import("../types.js").GraphSpec | import("./captured.js").Drawn} graph */
function printedGraph(name, graph) {
  if ("network" in graph) return [`[graphs.${name}]`, ...(graph.rows ? [`rows = ${value(graph.rows)}`] : []), "", `[graphs.${name}.network]`, ...filledIn(graph.network).map(([field, one]) => `${key(field)} = ${value(one)}`)];
  const lines = [`[graphs.${name}]`, `program = ${graph.program.includes("\n") && !graph.program.includes("'''") ? `'''\n${graph.program.replace(/\r\n?/g, "\n").trim()}\n'''` : quoted(graph.program)}`];
  if (Object.keys(graph.values).length) lines.push(`values = ${inline(graph.values)}`);
  for (const field of /** @type {const} */ (["constants", "detail", "expand"])) if (graph[field]?.length) lines.push(`${field} = ${value(graph[field])}`);
  for (const field of /** @type {const} */ (["labels", "update"])) if (graph[field]) lines.push(`${field} = ${inline(/** @type {any} */ (graph[field]))}`);
  return lines;
}
