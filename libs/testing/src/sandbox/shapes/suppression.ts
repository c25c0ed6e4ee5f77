/** A box by its edges, with what suppression needs. */
export interface Candidate {
  readonly classId: number;
  readonly confidence: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a caller may ask of a detection model. */
export interface DetectionLimits {
  readonly confidence: number;
  readonly iouThreshold: number;
  readonly maxDetections: number;
  readonly classAgnostic: boolean;
  /** Class ids to keep; `null` keeps all. */
  readonly classIds: ReadonlySet<number> | null;
}

/** Intersection over union of two boxes, 0..1. */
export function overlap(a: Candidate, b: Candidate): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: Candidate) => (box.right - box.left) * (box.bottom - box.top);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** Non-maximum suppression: the most confident box of every group of overlapping ones, most confident first. */
export function suppress<Box extends Candidate>(boxes: readonly Box[], limits: DetectionLimits): Box[] {
  const sorted = boxes
    .filter((box) => box.confidence >= limits.confidence)
    .filter((box) => limits.classIds === null || limits.classIds.has(box.classId))
    .sort((a, b) => b.confidence - a.confidence || a.classId - b.classId);
  const kept: Box[] = [];
  for (const box of sorted) {
    if (kept.length >= limits.maxDetections) break;
    const rival = (other: Box) => limits.classAgnostic || other.classId === box.classId;
    if (kept.some((other) => rival(other) && overlap(other, box) > limits.iouThreshold)) continue;
    kept.push(box);
  }
  return kept;
}
