import { InstanceMask, maskOverlaps } from "@inference-ts/sdk/predictions";
import { isRecord, listAt } from "../../golden/json.ts";
import { checkOutcome, differences } from "../compare.ts";
import { hashOf, maskDifferences, summaryOf, toRle } from "../masks.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";
import { rowsOfMatrix } from "./overlaps.ts";

type Input = Vector["input"];

function measures(mask: InstanceMask): Readonly<Record<string, unknown>> {
  const { x, y, width, height } = mask.box;
  return {
    ...summaryOf(mask),
    bbox_xywh: [x, y, width, height],
    runs: mask.runs.runs.length,
    raw_counts: mask.runs.runs,
    counts: mask.toRle().counts,
  };
}

function codec({ rle }: Input, expected: unknown): string[] {
  const mask = InstanceMask.fromRle(toRle(rle));
  const bitmap = mask.toBitmap();
  const rows = isRecord(rle) ? listAt(rle, "rows") : [];
  const written = rows.map((_, row) =>
    [...bitmap.data.subarray(row * mask.width, (row + 1) * mask.width)].join(""),
  );
  const again = InstanceMask.fromBitmap(bitmap).toRle().counts;
  return [
    ...differences(measures(mask), expected, "mask"),
    ...differences(written, rows, "rows"),
    ...(isRecord(rle) && typeof rle.counts === "string"
      ? differences(again, rle.counts, "encoded again")
      : []),
  ];
}

async function decode(input: Input, expected: unknown): Promise<string[]> {
  if (!isRecord(expected)) return ["the vector expects nothing"];
  const read = () => InstanceMask.fromRle(toRle(input));
  const { supervision, pycocotools, pycocotools_string: text } = expected;
  return [
    ...(await checkOutcome(supervision, read, (mask) => maskDifferences(mask, supervision, "supervision"))),
    ...(pycocotools === undefined
      ? []
      : await checkOutcome(pycocotools, read, (mask) => maskDifferences(mask, pycocotools, "pycocotools"))),
    ...(text === undefined ? [] : differences(read().toRle().counts, text, "text")),
  ];
}

function encode(input: Input, expected: unknown): string[] {
  const mask = InstanceMask.fromRle(toRle(input));
  return differences({ string: mask.toRle().counts, area: mask.area }, expected, "mask");
}

function masksOf({ size, counts }: Input): InstanceMask[] {
  return (Array.isArray(counts) ? counts : []).map((text: unknown) =>
    InstanceMask.fromRle(toRle({ size, counts: text })),
  );
}

function overlaps(input: Input, expected: unknown): string[] {
  const masks = masksOf(input);
  const matrix = (metric: "iou" | "crowd") => rowsOfMatrix(maskOverlaps(masks, masks, metric));
  return differences(
    { iou: matrix("iou"), iou_crowd: matrix("crowd"), supervision_iou: matrix("iou") },
    expected,
    "overlaps",
  );
}

function merge(input: Input, expected: unknown): string[] {
  const masks = masksOf(input);
  const merged = input.mode === "union" ? InstanceMask.union(masks) : InstanceMask.intersection(masks);
  return differences({ ...measures(merged), sha256: hashOf(merged) }, expected, "merged");
}

const OPERATIONS: Readonly<
  Record<string, (input: Input, expected: unknown) => string[] | Promise<string[]>>
> = {
  codec,
  decode_counts: decode,
  decode_string: decode,
  encode_counts: encode,
  iou: overlaps,
  merge,
};

/** Run-length masks. */
export const checkRle: Checker = ({ input }, expected) => {
  const operation = OPERATIONS[String(input.op)];
  return operation === undefined ? [`no counterpart for ${String(input.op)}`] : operation(input, expected);
};
