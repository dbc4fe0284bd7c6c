/** A picture as a PNG file, up to four times as large as on the screen. */

/** No browser draws on larger canvases than these, in pixels. */
const LARGEST = 16_000;

/** @param {{text: string, w: number, h: number}} svg @param {number} scale  1 to 4 @returns {Promise<Blob>} */
export async function pngOf(svg, scale) {
  const canvas = await canvasOf(svg, Math.min(scale, LARGEST / Math.max(svg.w, svg.h)));
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("the picture is too large"))), "image/png"));
}

/** @param {{text: string, w: number, h: number}} svg @param {number} scale */
export async function canvasOf(svg, scale) {
  const image = new Image(svg.w, svg.h);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(svg.w * scale), Math.round(svg.h * scale)];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
