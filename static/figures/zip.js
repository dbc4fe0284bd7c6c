/** A ZIP archive of files that are stored as they are, as PKWARE's APPNOTE describes it. */

/** @param {{name: string, bytes: Uint8Array}[]} files  names in ASCII @returns {Uint8Array<ArrayBuffer>} */
export function zipped(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const letters = new TextEncoder().encode(name);
    const about = [20, 0, 0, 0, 0x21, ...halves(crc32(bytes)), ...halves(bytes.length), ...halves(bytes.length), letters.length, 0];
    const head = numbers([0x4b50, 0x0403, ...about]);
    parts.push(head, letters, bytes);
    directory.push(numbers([0x4b50, 0x0201, 20, ...about, 0, 0, 0, 0, 0, ...halves(offset)]), letters);
    offset += head.length + letters.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  return joined([...parts, ...directory, numbers([0x4b50, 0x0605, 0, 0, files.length, files.length, ...halves(size), ...halves(offset), 0])]);
}

/** @param {number} x  32 bits @returns {[number, number]}  the lower and the upper 16 */
const halves = (x) => [x & 0xffff, x >>> 16];

/** 16 bits each, the lower byte first. @param {number[]} list */
const numbers = (list) => Uint8Array.from(list.flatMap((x) => [x & 255, x >>> 8]));

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
