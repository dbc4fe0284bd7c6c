/** The signs of a drawing's texts in LaTeX. */

const LETTERS = {
  α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "varepsilon", ζ: "zeta", η: "eta", θ: "theta", ϑ: "vartheta", ι: "iota", κ: "kappa", λ: "lambda",
  μ: "mu", ν: "nu", ξ: "xi", π: "pi", ρ: "rho", σ: "sigma", ς: "varsigma", τ: "tau", υ: "upsilon", φ: "varphi", χ: "chi", ψ: "psi", ω: "omega",
  Γ: "Gamma", Δ: "Delta", Θ: "Theta", Λ: "Lambda", Ξ: "Xi", Π: "Pi", Σ: "Sigma", Υ: "Upsilon", Φ: "Phi", Ψ: "Psi", Ω: "Omega",
  "∂": "partial", "∞": "infty", "·": "cdot", "×": "times", "⊙": "odot", "÷": "div", "≈": "approx", "←": "leftarrow", "→": "rightarrow", "√": "surd", "‖": "|", "ℓ": "ell", "…": "ldots",
};
const WORDS = { "−": "-", "½": "\\tfrac{1}{2}", "~": "\\sim " };
const ACCENTS = { "\u0302": "hat", "\u0303": "tilde", "\u0307": "dot" };
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵀ";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎";
const FLAT = "0123456789+-()T";
const SPECIAL = /[\\{}$&#%_^]/g;

/** @type {Map<string, string>} */
const SIGNS = new Map([
  ...Object.entries(LETTERS).map(([sign, word]) => /** @type {[string, string]} */ ([sign, `\\${word} `])), ...Object.entries(WORDS),
  ...[...RAISED].map((sign, i) => /** @type {[string, string]} */ ([sign, `^{${FLAT[i]}}`])),
  ...[...LOWERED].map((sign, i) => /** @type {[string, string]} */ ([sign, `_{${FLAT[i]}}`])),
]);

/**
 * @param {string} text @param {"math" | "bold" | "text"} face  italic letters are mathematics
 */
export function texted(text, face) {
  const marked = text.replace(/(.)([\u0302\u0303\u0307])/gu, (_, letter, accent) => `\u0001${ACCENTS[/** @type {keyof ACCENTS} */ (accent)]}\u0002${letter}\u0003`);
  const body = [...marked].map((sign) => SIGNS.get(sign) ?? sign.replace(SPECIAL, (one) => (one === "\\" ? "\\backslash " : `\\${one}`))).join("")
    .replace(/\u0001/g, "\\").replace(/\u0002/g, "{").replace(/\u0003/g, "}");
  const joined = merged(body);
  return face === "math" ? spaced(joined) : `${face === "bold" ? "\\mathbf" : "\\mathrm"}{${spaced(joined)}}`;
}

/** Raised signs that follow each other are one exponent. @param {string} body */
const merged = (body) => body.replace(/(?:\^\{?.\}?)+/g, (run) => `^{${run.replace(/[\^{}]/g, "")}}`).replace(/(?:_\{.\})+/g, (run) => `_{${run.replace(/[_{}]/g, "")}}`);

/** A comma between digits is a decimal mark; a space is one. @param {string} body */
const spaced = (body) => body.replace(/(\d),(?=\d)/g, "$1{,}").replace(/(?<!\\[A-Za-z]+) /g, "\\ ");
