import { createHash } from "node:crypto";
import { InstanceMask, type Rle } from "@inference-ts/sdk/predictions";
import { isRecord } from "../golden/json.ts";
import { differences } from "./compare.ts";

/** Reads a run-length mask of a vector. */
export function toRle(value: unknown): Rle {
  const { size, counts } = isRecord(value) ? value : {};
  const [height, width] = numbersOf(size);
  if (height === undefined || width === undefined) throw new Error("A mask of a vector has no size.");
  return { size: [height, width], counts: typeof counts === "string" ? counts : numbersOf(counts) };
}

export function toMask(value: unknown): InstanceMask {
  return InstanceMask.fromRle(toRle(value));
}

/** The numbers of a list; anything else is an empty list. */
export function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}

/** What vectors say of a mask. */
export function summaryOf(mask: InstanceMask): Readonly<Record<string, unknown>> {
  const { x, y, width, height } = mask.box;
  return {
    size: [mask.height, mask.width],
    area: mask.area,
    bbox_xyxy_inclusive: width === 0 ? [0, 0, 0, 0] : [x, y, x + width - 1, y + height - 1],
    sha256: hashOf(mask),
    rle: mask.toRle().counts,
  };
}

/** SHA-256 of the bits, row by row without padding between rows, most significant bit first. */
export function hashOf(mask: InstanceMask): string {
  const { data } = mask.toBitmap();
  const bytes = new Uint8Array(Math.ceil(data.length / 8));
  for (const [index, bit] of data.entries()) {
    if (bit !== 0) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  }
  return createHash("sha256").update(bytes).digest("hex");
}

/** Compares a mask with what a vector says of it; `null` = no mask. */
export function maskDifferences(actual: InstanceMask | null, expected: unknown, path: string): string[] {
  if (expected === null) return actual === null ? [] : [`${path}: expected no mask`];
  if (actual === null) return [`${path}: expected a mask`];
  // Vectors hold run lengths as they are written; ours keep those that were read.
  return differences(summaryOf(InstanceMask.fromBitmap(actual.toBitmap())), expected, path);
}

/** The pixels of some polygons together, each filled by itself with its outline. */
export function filled(
  polygons: readonly (readonly { readonly x: number; readonly y: number }[])[],
  size: { readonly width: number; readonly height: number },
): InstanceMask {
  const empty = InstanceMask.fromPolygons([], size);
  return InstanceMask.union([empty, ...polygons.map((points) => InstanceMask.fromPolygons([points], size))]);
}
