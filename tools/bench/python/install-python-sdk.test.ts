import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installPythonSdk } from "./install-python-sdk.ts";

test("without an interpreter it says so instead of failing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "python-sdk-"));
  try {
    const installation = await installPythonSdk(folder, "python-that-is-not-there");
    expect(installation).toEqual({ missing: expect.stringContaining("python-that-is-not-there") });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
