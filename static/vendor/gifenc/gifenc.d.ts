type Colours = number[][];
export function quantize(rgba: Uint8ClampedArray, most: number): Colours;
export function applyPalette(rgba: Uint8ClampedArray, colours: Colours): Uint8Array;
export function GIFEncoder(): {
  writeFrame(
    index: Uint8Array,
    width: number,
    height: number,
    options: { palette: Colours; delay: number; repeat?: number },
  ): void;
  finish(): void;
  bytes(): Uint8Array<ArrayBuffer>;
};
