import { MissingPeerError } from "@inference-ts/errors";
import { expect, test, vi } from "vitest";
import { sharpCodec } from "./sharp-codec.ts";

vi.mock("sharp", () => {
  throw Object.assign(new Error("Cannot find package 'sharp'"), { code: "ERR_MODULE_NOT_FOUND" });
});

test("a missing sharp is noticed at the first use and says how to install it", async () => {
  const codec = sharpCodec();
  for (const work of [codec.decode(Uint8Array.of(1)), codec.decode(Uint8Array.of(1))]) {
    const error: unknown = await work.catch((reason) => reason);
    expect(error).toBeInstanceOf(MissingPeerError);
    expect(error).toMatchObject({ peer: "sharp", message: expect.stringContaining("npm install sharp") });
  }
});
