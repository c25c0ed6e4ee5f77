import type { ResultFields } from "./results.ts";
import { assertFields, assertObject, isAbsent, type JsonObject, refuse } from "./wire-guards.ts";

const SIZE_FIELDS = ["width", "height"];

/**
 * Checks what every result may have and what this package works with: `image` and `visualization`. Accompanying facts
 * (`time`, `inference_id`, `resolved_model`, ...) pass through unchecked, so that none of them can lose a prediction.
 */
export function assertResultFields(body: JsonObject): asserts body is ResultFields {
  if (body.image !== undefined) {
    assertObject(body.image, "image");
    assertFields(body.image, SIZE_FIELDS, "number", "image");
  }
  const visualization = body.visualization;
  if (!isAbsent(visualization) && typeof visualization !== "string") {
    refuse("visualization", "base64 text", visualization);
  }
}
