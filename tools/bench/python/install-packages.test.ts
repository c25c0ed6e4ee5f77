import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installPackages } from "./install-packages.ts";

test("without an interpreter it says so, and does not take the environment for complete", async () => {
  const folder = mkdtempSync(join(tmpdir(), "python-packages-"));
  try {
    const installation = await installPackages(folder, "python-that-is-not-there");
    expect(installation).toEqual({ missing: expect.stringContaining("python-that-is-not-there -m venv") });
    expect(existsSync(join(folder, "python-packages", "complete"))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
