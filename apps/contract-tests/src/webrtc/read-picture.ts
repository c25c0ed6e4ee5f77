import type { FrameImage } from "@inference-ts/sdk/webrtc";
import { readPaintedNumber } from "@inference-ts/testing";
import sharp from "sharp";

/** The number painted in a picture of a session, whatever form it came in. */
export async function numberIn(image: FrameImage): Promise<number> {
  if (image.kind === "pixels") {
    const { data, width, channels } = image;
    if (channels !== 3) throw new Error(`A picture has ${channels} channels.`);
    return readPaintedNumber(data, width);
  }
  if (image.kind === "native") throw new Error("A picture of a browser came to Node.");
  const { data, info } = await sharp(image.data).raw().toBuffer({ resolveWithObject: true });
  return readPaintedNumber(data, info.width);
}
