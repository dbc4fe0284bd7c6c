/** The pass as an animated GIF: the pictures one after the other, the last one longer. */
import { GIFEncoder, applyPalette, quantize } from "../vendor/gifenc/gifenc.js";
import { canvasOf } from "./png.js";

/** In pixels; larger ones are drawn smaller. */
const WIDEST = 1200;
/** How long a picture stands, in milliseconds. */
const [EACH, LAST] = [1400, 4000];
const COLOURS = 256;

/** @param {AsyncIterable<{text: string, w: number, h: number}>} pictures  of one size, in the order of the pass
 * @param {number} count */
export async function gifOf(pictures, count) {
  const file = GIFEncoder();
  let done = 0;
  for await (const svg of pictures) {
    const { width, height, data } = await pixels(svg);
    const palette = quantize(data, COLOURS);
    done += 1;
    file.writeFrame(applyPalette(data, palette), width, height, { palette, delay: done === count ? LAST : EACH, repeat: 0 });
  }
  file.finish();
  return new Blob([file.bytes()], { type: "image/gif" });
}

/** @param {{text: string, w: number, h: number}} svg */
async function pixels(svg) {
  const canvas = await canvasOf(svg, Math.min(1, WIDEST / svg.w));
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
}
