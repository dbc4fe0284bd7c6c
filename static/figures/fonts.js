/** The page's own fonts, as far as a text needs them, to go along inside a file. */

/** @typedef {{family: string, style: string, weight: string, range: string, url: string}} Face */

/** @type {Map<string, Promise<string>>} */
const fetched = new Map();

/** Every face that the page's style sheets declare. @returns {Face[]} */
function faces() {
  return [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].filter((r) => r instanceof CSSFontFaceRule).map((rule) => {
    const { style } = /** @type {CSSFontFaceRule} */ (rule);
    const said = (/** @type {string} */ name) => style.getPropertyValue(name);
    const file = /url\("?([^")]+)"?\)/.exec(said("src"))?.[1] ?? "";
    return {
      family: said("font-family").replace(/["']/g, ""), style: said("font-style") || "normal", weight: said("font-weight") || "400",
      range: said("unicode-range"), url: new URL(file, sheet.href ?? location.href).href,
    };
  }));
}

/** Whether a face has signs of a text. @param {string} range  as in CSS: U+0-24F, U+2000-22FF; none is all
 * @param {string} text */
export function covers(range, text) {
  if (!range) return text !== "";
  const spans = [...range.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].map(([, low, high]) => [parseInt(low, 16), parseInt(high ?? low, 16)]);
  return [...text].some((sign) => spans.some(([low, high]) => low <= Number(sign.codePointAt(0)) && Number(sign.codePointAt(0)) <= high));
}

/**
 * The rules for the fonts of these texts, each with its file inside.
 * @param {Map<string, string>} used  the text of each `family|style`
 */
export async function fontRules(used) {
  const needed = faces().filter((face) => covers(face.range, used.get(`${face.family}|${face.style}`) ?? ""));
  const files = await Promise.all(needed.map((face) => inside(face.url)));
  return needed.map((face, i) =>
    `@font-face{font-family:"${face.family}";font-style:${face.style};font-weight:${face.weight};${face.range ? `unicode-range:${face.range};` : ""}src:url(${files[i]}) format("woff2")}`).join("\n");
}

/** A file as a data URL, fetched once. @param {string} url */
function inside(url) {
  const known = fetched.get(url) ?? fetch(url).then((r) => r.blob()).then(dataUrl);
  fetched.set(url, known);
  return known;
}

/** @param {Blob} blob @returns {Promise<string>} */
const dataUrl = (blob) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result));
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(blob);
});
