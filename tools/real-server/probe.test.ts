import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { foldersOf, realServerHome } from "./home.ts";
import { fingerprintOf } from "./install-fingerprint.ts";
import { findPython, isInstalled, probe } from "./probe.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inference-probe-"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A program of this name whose whole behaviour is a shell script. */
async function program(name: string, script: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

const onLinux = test.runIf(process.platform === "linux" && process.arch === "x64");

onLinux("a Python of another version is a reason to skip", async () => {
  vi.stubEnv("INFERENCE_REAL_SERVER_PYTHON", await program("python", "echo 3.12 cpython"));
  const result = await probe({ packages: "1.8.3", home: folder });
  expect(result).toEqual({ ok: false, reason: expect.stringContaining("no CPython 3.11") });
});

onLinux("a missing C compiler is a reason to skip", async () => {
  vi.stubEnv("INFERENCE_REAL_SERVER_PYTHON", await program("python", "echo 3.11 cpython"));
  vi.stubEnv("PATH", folder);
  const result = await probe({ packages: "1.8.3", home: folder });
  expect(result).toEqual({ ok: false, reason: expect.stringContaining('"gcc" was not found') });
});

onLinux("a package index that cannot be reached is a reason to skip", async () => {
  const python = `case "$2" in pip) exit 1;; *) echo 3.11 cpython;; esac`;
  vi.stubEnv("INFERENCE_REAL_SERVER_PYTHON", await program("python", python));
  for (const tool of ["gcc", "nm", "readelf"]) await program(tool, "exit 0");
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  const result = await probe({ packages: "1.8.3", home: folder });
  expect(result).toEqual({
    ok: false,
    reason: expect.stringContaining("no Python package index is reachable"),
  });
});

test("a platform without lock files is a reason to skip", async () => {
  const platform = vi.spyOn(process, "platform", "get").mockReturnValue("darwin");
  const result = await probe({ packages: "1.8.3", home: folder });
  platform.mockRestore();
  expect(result).toEqual({ ok: false, reason: expect.stringContaining("this is darwin") });
});

test("only a named Python is tried when one is named", async () => {
  const python = await program("my-python", "echo 3.11 cpython");
  expect(await findPython({ INFERENCE_REAL_SERVER_PYTHON: python })).toBe(python);
  expect(await findPython({ INFERENCE_REAL_SERVER_PYTHON: join(folder, "missing") })).toBeUndefined();
});

onLinux("a finished installation needs neither Python nor an index", async () => {
  const { completeMark, venv } = foldersOf("1.8.3", folder);
  await mkdir(venv, { recursive: true });
  await writeFile(completeMark, await fingerprintOf("1.8.3"));
  vi.stubEnv("PATH", join(folder, "empty"));
  expect(await probe({ packages: "1.8.3", home: folder })).toEqual({ ok: true });
  expect(await isInstalled("1.5.0", folder)).toBe(false);
});

test("an installation of another lock file is not taken for this one", async () => {
  const { completeMark, venv } = foldersOf("1.8.3", folder);
  await mkdir(venv, { recursive: true });
  await writeFile(completeMark, await fingerprintOf("1.5.0"));
  expect(await isInstalled("1.8.3", folder)).toBe(false);
});

test("the home is the named folder, else the cache folder of the user", () => {
  expect(realServerHome({ INFERENCE_REAL_SERVER_HOME: "/a" })).toBe("/a");
  expect(realServerHome({ XDG_CACHE_HOME: "/b" })).toBe(join("/b", "inference-ts", "real-server"));
  expect(realServerHome({})).toMatch(/[\\/]\.cache[\\/]inference-ts[\\/]real-server$/);
});
