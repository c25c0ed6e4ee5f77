import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SERVER_VERSIONS } from "./versions.ts";

const folder = join(import.meta.dirname, "locks");

test("every lock file belongs to a version and the other way round", () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.values(SERVER_VERSIONS)
      .map((it) => it.lockFile.split("/").at(-1))
      .sort(),
  );
});

describe.each(Object.entries(SERVER_VERSIONS))("lock file %s", (version, { lockFile }) => {
  const lines = readFileSync(lockFile, "utf8").trim().split("\n");

  test("names the server itself in this version", () => {
    expect(lines).toContain(`inference-cpu==${version}`);
  });

  test("pins exact versions and names no index, URL or file", () => {
    expect(lines.filter((line) => !/^[a-z0-9-]+==[0-9][0-9a-z.]*$/.test(line))).toEqual([]);
  });

  test("leaves torch to the step that cuts it down", () => {
    expect(lines.filter((line) => /^torch(vision)?=/.test(line))).toEqual([]);
  });
});
