import { expect, test, vi } from "vitest";
import { loadInferenceHandlers } from "./load-handlers.ts";

vi.mock("msw", () => {
  throw new Error("Cannot find package 'msw'");
});

test("without msw the handlers are a MissingPeerError with the install command", async () => {
  await expect(loadInferenceHandlers()).rejects.toMatchObject({
    code: "MISSING_PEER",
    peer: "msw",
    message: expect.stringContaining("npm install msw"),
  });
});
