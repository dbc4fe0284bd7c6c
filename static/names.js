/**
 * The small LaTeX of names and signs (`w^{(1)}`, `\hat{y}`, `\tfrac{1}{2}(\,)^{2}`) as runs of
 * text, so that a name can stand in SVG and in plain text without a mathematics renderer.
 * @typedef {{text: string, shift: "" | "sup" | "sub", upright: boolean}} Run
 */

const SYMBOLS = new Map(Object.entries({
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", varepsilon: "ε", zeta: "ζ", eta: "η",
  theta: "θ", vartheta: "ϑ", iota: "ι", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ",
  omicron: "ο", pi: "π", rho: "ρ", sigma: "σ", varsigma: "ς", tau: "τ", upsilon: "υ", phi: "φ",
  varphi: "φ", chi: "χ", psi: "ψ", omega: "ω", Gamma: "Γ", Delta: "Δ", Theta: "Θ", Lambda: "Λ",
  Xi: "Ξ", Pi: "Π", Sigma: "Σ", Upsilon: "Υ", Phi: "Φ", Psi: "Ψ", Omega: "Ω", cdot: " · ",
  times: " × ", top: "T", exp: "exp", log: "log", ln: "ln", sin: "sin", cos: "cos", tan: "tan",
  tanh: "tanh", sqrt: "√", partial: "∂", infty: "∞", odot: " ⊙ ", div: " ÷ ", sum: "Σ", bar: "",
  left: "", right: "", lvert: "|", rvert: "|", mid: "|", ",": " ", ";": " ", " ": " ", "!": "",
  mathrm: "", text: "", operatorname: "", mathbf: "", mathit: "", big: "", Big: "", max: "max",
  min: "min", cos_: "cos", quad: " ", ell: "ℓ", "{": "{", "}": "}", "|": "‖", lVert: "‖", rVert: "‖",
}));
/** What is set above a letter, as the sign that joins the letter before it. */
const ACCENTS = new Map([["hat", "\u0302"], ["tilde", "\u0303"], ["dot", "\u0307"]]);
const UPRIGHT = new Set(["mathrm", "text", "operatorname", "mathbf", "exp", "log", "ln", "sin",
  "cos", "tan", "tanh", "max", "min"]);

/** @param {string} source @param {number} at */
function group(source, at) {
  while (source[at] === " ") at += 1;
  if (source[at] === "\\") {
    const word = /^\\([A-Za-z]+|.)/.exec(source.slice(at));
    const end = at + (word ? word[0].length : 1);
    return { body: source.slice(at, end), end };
  }
  if (source[at] !== "{") return { body: source[at] ?? "", end: at + 1 };
  let depth = 0;
  for (let i = at; i < source.length; i += 1) {
    if (source[i] === "{") depth += 1;
    if (source[i] === "}") depth -= 1;
    if (depth === 0) return { body: source.slice(at + 1, i), end: i + 1 };
  }
  return { body: source.slice(at + 1), end: source.length };
}

/**
 * @param {string} latex
 * @param {"" | "sup" | "sub"} shift
 * @param {boolean} upright
 * @returns {Run[]}
 */
export function runs(latex, shift = "", upright = false) {
  /** @type {Run[]} */
  const out = [];
  const put = (/** @type {string} */ text, up = upright) => out.push({ text, shift, upright: up });
  let at = 0;
  while (at < latex.length) {
    const c = latex[at];
    if (c === "^" || c === "_") {
      const g = group(latex, at + 1);
      out.push(...runs(g.body, shift || (c === "^" ? "sup" : "sub"), upright));
      at = g.end;
    } else if (c === "{") {
      const g = group(latex, at);
      out.push(...runs(g.body, shift, upright));
      at = g.end;
    } else if (c === "\\") {
      const word = /^\\([A-Za-z]+|.)/.exec(latex.slice(at))?.[1] ?? "";
      at += word.length + 1;
      if (/frac$/.test(word)) {
        const top = group(latex, at);
        const bottom = group(latex, top.end);
        at = bottom.end;
        if (top.body === "1" && bottom.body === "2") put("½", true);
        else out.push(...runs(top.body, shift, upright), { text: " / ", shift, upright: true },
          ...runs(bottom.body, shift, upright));
      } else if (ACCENTS.has(word)) {
        const g = group(latex, at);
        at = g.end;
        out.push(...runs(g.body + ACCENTS.get(word), shift, upright));
      } else {
        const symbol = SYMBOLS.get(word) ?? word;
        if (/^(mathrm|text|operatorname|mathbf)$/.test(word)) {
          const g = group(latex, at);
          at = g.end;
          out.push(...runs(g.body, shift, true));
        } else {
          if (symbol) put(symbol, upright || UPRIGHT.has(word));
          if (/^[A-Za-z]+$/.test(word) && latex[at] === " ") at += 1;
        }
      }
    } else {
      if (c !== "}" && c !== "&") put(c === "-" ? "−" : c, upright || !/[A-Za-zα-ωΑ-Ω\u0302\u0303\u0307]/.test(c));
      at += 1;
    }
  }
  return merge(out);
}

/** @param {Run[]} list */
function merge(list) {
  /** @type {Run[]} */
  const out = [];
  for (const run of list) {
    const last = out.at(-1);
    const combining = /^[\u0302\u0303\u0307]/.test(run.text);
    if (last && last.shift === run.shift && (combining || last.upright === run.upright)) {
      out[out.length - 1] = { ...last, text: last.text + run.text };
    } else out.push(run);
  }
  return out;
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵀ";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎";
const FLAT = "0123456789+−()T";

/** @type {Map<string, string>} names that were written before: a page has few, and draws them again and again */
const texts = new Map();
const MOST = 5000;

/** A name as plain text: w⁽¹⁾, X₁. @param {string} latex */
export function plain(latex) {
  const known = texts.get(latex);
  if (known !== undefined) return known;
  const text = runs(latex).map(flat).join("");
  if (texts.size >= MOST) texts.clear();
  texts.set(latex, text);
  return text;
}

/** @param {Run} run */
function flat({ shift, text }) {
  if (!shift) return text;
  const table = shift === "sup" ? RAISED : LOWERED;
  const shifted = [...text].map((c) => (c === "," ? c : table[FLAT.indexOf(c)]));
  return shifted.every(Boolean) ? shifted.join("") : (shift === "sup" ? "^" : "_") + text;
}
