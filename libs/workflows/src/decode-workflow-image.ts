import { EncodingError } from "@inference-ts/errors";
import { decodeBase64, decodeDataUrl, readImageHeader } from "@inference-ts/images";
import type { Base64WorkflowImage, DataUrlWorkflowImage, WorkflowImage } from "./workflow-image.ts";

/**
 * Brings a picture to the wanted form; everything else that the server said of it is kept.
 *
 * @param path - Where it stands in the answer, for the message.
 * @throws EncodingError when its value is not base64 of a picture.
 */
export function decodeWorkflowImage(
  image: Base64WorkflowImage,
  form: "bytes" | "data-url",
  path: string,
): WorkflowImage | DataUrlWorkflowImage {
  const bytes = decodeValue(image.value);
  const header = bytes === null ? null : readImageHeader(bytes);
  if (bytes === null || header === null) {
    throw new EncodingError(
      `The output ${path} is marked as a picture, and its value (${image.value.length} characters) is not base64 of one.`,
      { hint: 'Use outputImages "base64" to receive it as it was sent.' },
    );
  }
  const { format, size } = header;
  const read = { format, width: size?.width ?? null, height: size?.height ?? null };
  if (form === "bytes") return { ...image, type: "bytes", value: bytes, ...read };
  const text = image.value.slice(image.value.indexOf(",") + 1).trim();
  const mediaType = `image/${format}`;
  return { ...image, type: "data-url", value: `data:${mediaType};base64,${text}`, ...read };
}

function decodeValue(value: string): Uint8Array | null {
  return value.trimStart().startsWith("data:") ? decodeDataUrl(value) : decodeBase64(value);
}
