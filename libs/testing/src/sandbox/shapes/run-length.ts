/** Lengths of alternating runs of 0 and 1 in column order, starting with 0 (possibly of length 0). */
export function runLengths(
  width: number,
  height: number,
  isSet: (x: number, y: number) => boolean,
): number[] {
  const counts: number[] = [];
  let value = false;
  let length = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      if (isSet(x, y) !== value) {
        counts.push(length);
        length = 0;
        value = !value;
      }
      length += 1;
    }
  }
  counts.push(length);
  return counts;
}

/** COCO's text form (`rleToString` of pycocotools): differences to the count before last, 5 bits a character from "0" on. */
export function compressRuns(counts: readonly number[]): string {
  let text = "";
  for (const [index, count] of counts.entries()) {
    let rest = index > 2 ? count - (counts[index - 2] ?? 0) : count;
    for (let more = true; more; ) {
      const bits = rest & 0x1f;
      rest >>= 5;
      more = (bits & 0x10) !== 0 ? rest !== -1 : rest !== 0;
      text += String.fromCharCode((more ? bits | 0x20 : bits) + 48);
    }
  }
  return text;
}
