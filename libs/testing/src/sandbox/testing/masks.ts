import sharp from "sharp";

/** Bounds with exclusive right and bottom edges. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Bounds of the pixels at which `isSet` holds. */
export function boundsOf(width: number, height: number, isSet: (x: number, y: number) => boolean): Bounds {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isSet(x, y)) continue;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return { left, top, right, bottom };
}

/** Reads COCO's text form back, written independently of the encoder from the format's description. */
export function decodeRuns(text: string): number[] {
  const counts: number[] = [];
  let position = 0;
  while (position < text.length) {
    let value = 0;
    let shift = 0;
    let code: number;
    do {
      code = text.charCodeAt(position++) - 48;
      value += (code & 0x1f) * 2 ** shift;
      shift += 5;
    } while ((code & 0x20) !== 0);
    if ((code & 0x10) !== 0) value -= 2 ** shift;
    const before = counts.length > 2 ? (counts[counts.length - 2] ?? 0) : 0;
    counts.push(value + before);
  }
  return counts;
}

/** Pixels of a run-length mask, addressed by x and y. */
export function runLengthPixels(counts: string, height: number): (x: number, y: number) => boolean {
  const flat: boolean[] = [];
  for (const [index, count] of decodeRuns(counts).entries()) {
    for (let step = 0; step < count; step++) flat.push(index % 2 === 1);
  }
  return (x, y) => flat[x * height + y] === true;
}

/** Grey values of a base64 PNG. */
export async function greyPixels(base64: string) {
  const picture = sharp(Buffer.from(base64, "base64")).extractChannel(0).raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    at: (x: number, y: number) => data[y * info.width + x] ?? 0,
  };
}
