/** One detection among the outputs of a workflow; which optional fields it has depends on the blocks. Pixels, `x` and `y` = centre. */
export interface WorkflowDetection {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly confidence: number;
  readonly class: string;
  readonly class_id: number;
  readonly detection_id?: string;
  readonly parent_id?: string;
  readonly tracker_id?: number | null;
  /** Outline, of instance segmentation. */
  readonly points?: readonly { readonly x: number; readonly y: number }[];
  /** Mask, of segmentation by run lengths: `size` is height, width. */
  readonly rle_mask?: {
    readonly size: readonly [number, number];
    readonly counts: string | readonly number[];
  };
  readonly keypoints?: readonly {
    readonly x: number;
    readonly y: number;
    readonly confidence: number;
    readonly class: string;
    readonly class_id: number;
  }[];
  readonly [field: string]: unknown;
}

/** Detections among the outputs of a workflow. `Detections.from` of the predictions entry takes them as they are. */
export interface WorkflowDetections {
  /** Size of the picture in pixels; `null` where nothing was found and no step knew it. */
  readonly image: { readonly width: number | null; readonly height: number | null };
  readonly predictions: readonly WorkflowDetection[];
  readonly [field: string]: unknown;
}

const NUMBERS = ["x", "y", "width", "height", "confidence", "class_id"];

/**
 * True for an output of the detection kinds, and of bar codes and QR codes: an object with the size of the picture and a list of
 * boxes.
 */
export function isWorkflowDetections(value: unknown): value is WorkflowDetections {
  if (!isRecord(value) || !isRecord(value.image) || !Array.isArray(value.predictions)) return false;
  const { width, height } = value.image;
  return isSide(width) && isSide(height) && value.predictions.every(isDetection);
}

function isDetection(value: unknown): value is WorkflowDetection {
  return (
    isRecord(value) &&
    typeof value.class === "string" &&
    NUMBERS.every((name) => typeof value[name] === "number")
  );
}

function isSide(value: unknown): boolean {
  return value === null || typeof value === "number";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
