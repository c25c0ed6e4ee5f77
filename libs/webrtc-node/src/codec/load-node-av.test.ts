import { MissingPeerError } from "@inference-ts/errors";
import { expect, test, vi } from "vitest";
import { loadNodeAv } from "./load-node-av.ts";

vi.mock("node-av/lib", () => {
  throw Object.assign(new Error("Cannot find package 'node-av'"), { code: "ERR_MODULE_NOT_FOUND" });
});

test("a missing node-av is an error that says how to install it", async () => {
  const error: unknown = await loadNodeAv().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MissingPeerError);
  expect(error).toMatchObject({ peer: "node-av", message: expect.stringContaining("npm install node-av") });
});
