import type { Base64Writer, EncodedImage, RemoteImage } from "@inference-ts/images";
import type { InferenceRequestImage } from "@inference-ts/schema";
import { BodyHole } from "@inference-ts/transport";

/** The base64 text of an image as a hole of a request body. */
export function imageHole(image: EncodedImage, writeBase64: Base64Writer): BodyHole {
  const byteLength = Math.ceil(image.bytes.length / 3) * 4;
  return new BodyHole(byteLength, (target, offset) => {
    writeBase64(image.bytes, target, offset);
  });
}

/** An image as the v1 routes take it. */
export function wireImage(
  image: EncodedImage | RemoteImage,
  writeBase64: Base64Writer,
): InferenceRequestImage {
  return image.kind === "remote-image"
    ? { type: "url", value: image.url }
    : { type: "base64", value: imageHole(image, writeBase64) };
}
