/** Which pages may speak to a frame: the rules of the server's setting `embedders`. Pure. */

/** @param {string} origin @param {string} rule  an origin, with `*.` for any name below one */
function fits(origin, rule) {
  if (rule === "*" || origin === rule) return true;
  const [scheme, end] = rule.split("//*");
  return end !== undefined && origin.startsWith(`${scheme}//`) && origin.endsWith(end) && origin.length > rule.length - 1;
}

/** @param {string} origin  "null" of a page that has none @param {string[]} rules @param {string} own  this site's */
export const allowed = (origin, rules, own) => origin === own || rules.some((rule) => fits(origin.toLowerCase(), rule));
