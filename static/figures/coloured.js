/** The colours of the mathematics beside the stage, for LaTeX. */

export const COLOURS = { fwd: "005A9C", bwd: "B34700", loc: "5B3A9E" };

/** Classes of the page as colours of the document; what is not known yet stays a question mark. @param {string} tex */
export function coloured(tex) {
  let out = "";
  for (let i = 0; i < tex.length;) {
    const found = /^\\class\{(\w+)\}\{/.exec(tex.slice(i));
    if (!found) {
      out += tex[i];
      i += 1;
      continue;
    }
    const from = i + found[0].length;
    const to = closing(tex, from);
    const inner = coloured(tex.slice(from, to));
    out += found[1] in COLOURS ? `{\\color{${found[1]}}${inner}}` : `{${inner}}`;
    i = to + 1;
  }
  return out;
}

/** Where the group ends that has begun. @param {string} tex @param {number} from */
function closing(tex, from) {
  let depth = 1;
  for (let i = from; i < tex.length; i += 1) {
    if (tex[i] === "\\") i += 1;
    else if (tex[i] === "{") depth += 1;
    else if (tex[i] === "}" && (depth -= 1) === 0) return i;
  }
  return tex.length;
}
