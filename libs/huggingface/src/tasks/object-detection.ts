import type { ImageSource } from "@inference-ts/images";
import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askMedia } from "../request/run-task.ts";
import type { ObjectDetectionOutputElement } from "../results.ts";

/** Options of `objectDetection`. */
export interface ObjectDetectionOptions extends TaskOptions {
  /** Lowest score that is given, 0 to 1. */
  readonly threshold?: number | null | undefined;
}

/** Boxes of the objects in a picture. */
export async function objectDetection(
  scope: CallScope,
  source: ImageSource,
  options: ObjectDetectionOptions,
): Promise<ObjectDetectionOutputElement[]> {
  return objectList<ObjectDetectionOutputElement>(
    await askMedia(scope, "object-detection", source, options),
    scope.operation,
  );
}
