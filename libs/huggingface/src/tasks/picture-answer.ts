import { InvalidResponseError } from "@inference-ts/errors";
import { refuseError } from "../call/answer.ts";
import type { Answer } from "../call/exchange.ts";
import { mediaTypeOf } from "../request/media-type.ts";
import { isWholePicture } from "./whole-picture.ts";

/**
 * A generated picture.
 *
 * @throws InvalidResponseError when the answer is no whole picture, HTTPCallError when it is an error in JSON.
 */
export async function readPicture(answer: Answer, operation: string): Promise<Blob> {
  if (!(await isWholePicture(answer.body, false))) {
    await refuseErrorText(answer, operation);
    throw new InvalidResponseError(
      `The answer for ${operation} is no whole picture (${answer.body.byteLength} bytes).`,
    );
  }
  return blobOf(answer);
}

/** A generated sound, of any format. @throws HTTPCallError when the answer is an error in JSON. */
export async function readSound(answer: Answer, operation: string): Promise<Blob> {
  if (mediaTypeOf(answer.body) === null) await refuseErrorText(answer, operation);
  return blobOf(answer);
}

function blobOf(answer: Answer): Blob {
  const type = mediaTypeOf(answer.body) ?? answer.header("content-type") ?? "application/octet-stream";
  return new Blob([new Uint8Array(answer.body)], { type });
}

const BRACE = 0x7b;

async function refuseErrorText(answer: Answer, operation: string): Promise<void> {
  if (answer.body[0] !== BRACE) return;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(answer.body));
  } catch {
    return;
  }
  await refuseError(value, answer, operation);
}
