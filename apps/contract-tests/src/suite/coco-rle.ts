/**
 * Decodes COCO's compressed run-length text into one byte a pixel, row by row. Written from the format's description and
 * independent of the SDK, so that it can judge it.
 */
export function decodeCocoText(counts: string, [height, width]: readonly [number, number]) {
  const data = new Uint8Array(width * height);
  const runs: number[] = [];
  let position = 0;
  while (position < counts.length) {
    let value = 0;
    let shift = 0;
    let group: number;
    do {
      group = counts.charCodeAt(position++) - 48;
      value |= (group & 0x1f) << shift;
      shift += 5;
    } while (group & 0x20);
    if (group & 0x10) value |= -1 << shift;
    // From the third run on, the difference to the run two before is written.
    runs.push(value + (runs.length > 2 ? (runs[runs.length - 2] ?? 0) : 0));
  }
  let pixel = 0;
  for (const [index, run] of runs.entries()) {
    for (const end = pixel + run; pixel < end; pixel++) {
      // Pixels are counted column by column.
      if (index % 2 === 1) data[(pixel % height) * width + Math.floor(pixel / height)] = 1;
    }
  }
  if (pixel !== width * height) throw new Error(`The runs cover ${pixel} of ${width * height} pixels.`);
  return { width, height, data };
}
