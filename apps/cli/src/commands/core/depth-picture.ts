import { InvalidResponseError } from "@inference-ts/sdk/node";
import type { DepthMap } from "@inference-ts/sdk/predictions";

/** A depth map as a grey PNG of 16 bits: 0 is black, 1 white. */
export async function depthPicture({ width, height, data }: DepthMap): Promise<Uint8Array> {
  if (width === 0 || height === 0)
    throw new InvalidResponseError("The depth map is empty.", { path: "normalized_depth" });
  const { default: sharp } = await import("sharp");
  const values = Uint16Array.from(data, (depth) => Math.round(Math.min(1, Math.max(0, depth)) * 65_535));
  return sharp(values, { raw: { width, height, channels: 1 } })
    .toColourspace("grey16")
    .png()
    .toBuffer();
}
