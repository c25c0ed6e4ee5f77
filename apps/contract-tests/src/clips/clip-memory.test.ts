import { expect, test } from "vitest";
import { measureUpload } from "./measure-upload.ts";

const MB = 1024 * 1024;

test.each([
  { upload: "multipart", apiMode: "v0", sentBytes: 64 * MB },
  { upload: "base64", apiMode: "v0", sentBytes: Math.ceil((64 * MB) / 3) * 4 },
  { upload: "auto", apiMode: "v1", sentBytes: Math.ceil((64 * MB) / 3) * 4 },
] as const)(
  "a clip of 64 MB goes up as $upload in $apiMode with at most 25 MB of extra memory",
  async (clip) => {
    const { extraBytes, seen } = await measureUpload({ clipBytes: 64 * MB, ...clip });
    expect(seen.receivedBytes).toBe(seen.contentLength);
    expect(seen.receivedBytes).toBeGreaterThanOrEqual(clip.sentBytes);
    expect(seen.receivedBytes).toBeLessThan(clip.sentBytes + 1000);
    expect(extraBytes / MB).toBeLessThan(25);
  },
  60_000,
);
