import { MissingPeerError } from "@inference-ts/errors";
import { expect, test, vi } from "vitest";
import { openVideo } from "./open-video.ts";

vi.mock("node-av/lib", () => {
  throw Object.assign(new Error("Cannot find package 'node-av'"), { code: "ERR_MODULE_NOT_FOUND" });
});

test("a missing node-av is noticed at the first picture and says how to install it", async () => {
  const pictures = openVideo("clip.mp4", {})[Symbol.asyncIterator]();
  const error: unknown = await pictures.next().catch((reason) => reason);
  expect(error).toBeInstanceOf(MissingPeerError);
  expect(error).toMatchObject({ peer: "node-av", message: expect.stringContaining("npm install node-av") });
});
