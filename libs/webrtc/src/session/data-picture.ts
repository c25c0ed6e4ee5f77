import { InvalidResponseError } from "@inference-ts/errors";
import type { FrameImage } from "../peer/live-peer.ts";
import type { PictureContent } from "./shared-picture.ts";

/** A picture that came as base64 text inside the data of a message. */
export function dataPicture(base64: string, name: string): PictureContent {
  return {
    take: async (): Promise<FrameImage> => ({
      kind: "encoded",
      data: decodeJpeg(base64, name),
      mediaType: "image/jpeg",
    }),
    drop: () => undefined,
  };
}

function decodeJpeg(base64: string, name: string): Uint8Array {
  const bytes = decode(base64);
  if (bytes?.[0] === 0xff && bytes[1] === 0xd8) return bytes;
  throw new InvalidResponseError(`The picture "${name}" of a live video message is no JPEG.`, {
    path: `serialized_output_data.${name}`,
  });
}

function decode(base64: string): Uint8Array | undefined {
  try {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return undefined;
  }
}
