import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PACKAGE_SETS, SERVER_VERSIONS } from "./versions.ts";

const folder = join(import.meta.dirname, "locks");

test("every lock file belongs to an environment and the other way round", () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.values(PACKAGE_SETS)
      .map((it) => it.lockFile.split("/").at(-1))
      .sort(),
  );
});

const linesOf = (lockFile: string) => readFileSync(lockFile, "utf8").trim().split("\n");

test.each(Object.entries(SERVER_VERSIONS))(
  "lock file %s names the server itself",
  (version, { lockFile }) => {
    expect(linesOf(lockFile)).toContain(`inference-cpu==${version}`);
  },
);

describe.each(Object.entries(PACKAGE_SETS))("lock file %s", (_, { lockFile }) => {
  const lines = linesOf(lockFile);

  test("pins exact versions and names no index, URL or file", () => {
    expect(lines.filter((line) => !/^[a-z0-9-]+==[0-9][0-9a-z.]*$/.test(line))).toEqual([]);
  });

  test("leaves torch to the step that cuts it down", () => {
    expect(lines.filter((line) => /^torch(vision)?=/.test(line))).toEqual([]);
  });
});
