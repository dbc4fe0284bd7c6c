/** A computed colour in the words of TikZ. */

/** @param {string} said  as a browser computes it: none, rgb(…), rgba(…), color(srgb …)
 * @returns {{tikz: string, alpha: number} | null}  null for what is not painted */
export function colourOf(said) {
  const mixed = /^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)$/.exec(said);
  const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(said);
  const found = mixed ?? plain;
  if (!found) return null;
  const parts = found.slice(1, 4).map((x) => Math.round(Number(x) * (mixed ? 255 : 1)));
  const alpha = found[4] === undefined ? 1 : Number(found[4]);
  return alpha === 0 ? null : { tikz: `rgb,255:red,${parts[0]};green,${parts[1]};blue,${parts[2]}`, alpha };
}
