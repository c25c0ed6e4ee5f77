import { checkAnswer, type FieldForm, refuseAnswer } from "./check-answer.ts";

/** Bytes that a server was asked for: a NumPy archive (npz) with the arrays that a JSON answer would have. */
export interface BinaryAnswer {
  readonly bytes: Uint8Array;
}

/**
 * The bytes of an answer that was asked for as `"binary"`, or its checked JSON.
 *
 * @throws InvalidResponseError when it is neither.
 */
export function bytesOr<T extends object>(
  body: unknown,
  format: string | undefined,
  fields: Readonly<Record<string, FieldForm>>,
): T;
export function bytesOr(
  body: unknown,
  format: string | undefined,
  fields: Readonly<Record<string, FieldForm>>,
): object {
  if (!(body instanceof Uint8Array)) return checkAnswer(body, fields);
  return format === "binary" ? { bytes: body } : refuseAnswer("", "an object", body);
}
