import { mkdtemp, readFile, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCommand } from "./command.ts";
import { foldersOf, realServerHome } from "./home.ts";
import { fingerprintOf } from "./install-fingerprint.ts";
import type { PackageSetName } from "./versions.ts";

/** Whether the real server can run on this machine; if not, why. */
export type ProbeResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface ProbeOptions {
  readonly packages: PackageSetName;
  readonly home?: string;
  readonly signal?: AbortSignal | undefined;
}

const NEEDED_BYTES = 4 * 2 ** 30;
/** A small package of the lock file: fetching it shows that pip reaches an index. */
const SMALL_PACKAGE = "six==1.17.0";

/** CPython 3.11, for which the lock files were made: `INFERENCE_REAL_SERVER_PYTHON`, `python3.11` or `python3`. */
export async function findPython(
  env: Readonly<Record<string, string | undefined>> = process.env,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const named = env.INFERENCE_REAL_SERVER_PYTHON;
  for (const candidate of named ? [named] : ["python3.11", "python3", "python"]) {
    const check =
      "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2], sys.implementation.name)";
    const answer = await runCommand(candidate, ["-c", check], { timeoutMs: 30_000, signal }).catch(() => "");
    if (answer.trim() === "3.11 cpython") return candidate;
  }
  return undefined;
}

/** True when a finished installation of exactly this lock file is there. */
export async function isInstalled(packages: PackageSetName, home: string): Promise<boolean> {
  const mark = await readFile(foldersOf(packages, home).completeMark, "utf8").catch(() => "");
  return mark === (await fingerprintOf(packages));
}

/** Says whether the server can be installed (or is) and started here, without changing anything. */
export async function probe(options: ProbeOptions): Promise<ProbeResult> {
  const home = options.home ?? realServerHome();
  if (process.platform !== "linux" || process.arch !== "x64") {
    return no(`the lock files are for Linux on x86-64, this is ${process.platform} on ${process.arch}`);
  }
  if (await isInstalled(options.packages, home)) return { ok: true };
  const python = await findPython(process.env, options.signal);
  if (python === undefined) {
    return no("no CPython 3.11 with venv was found (name one with INFERENCE_REAL_SERVER_PYTHON)");
  }
  for (const tool of ["gcc", "nm", "readelf"]) {
    const found = await runCommand(tool, ["--version"], { signal: options.signal }).catch(() => undefined);
    if (found === undefined)
      return no(`"${tool}" was not found (Debian: apt-get install gcc binutils libc6-dev)`);
  }
  const freeBytes = await freeBytesAt(home);
  if (freeBytes < NEEDED_BYTES) {
    return no(`${home} has ${toGiB(freeBytes)} GiB free, the installation needs ${toGiB(NEEDED_BYTES)} GiB`);
  }
  return (await reachesPackageIndex(python, options.signal))
    ? { ok: true }
    : no(`pip could not fetch ${SMALL_PACKAGE}: no Python package index is reachable`);
}

const no = (reason: string): ProbeResult => ({ ok: false, reason });
const toGiB = (bytes: number) => (bytes / 2 ** 30).toFixed(1);

async function freeBytesAt(folder: string): Promise<number> {
  for (let at = folder; ; at = dirname(at)) {
    const info = await statfs(at).catch(() => undefined);
    if (info) return info.bavail * info.bsize;
    if (dirname(at) === at) return 0;
  }
}

async function reachesPackageIndex(python: string, signal: AbortSignal | undefined): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "inference-real-server-"));
  const args = ["-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check", "--retries", "1"];
  try {
    await runCommand(python, [...args, "-d", folder, SMALL_PACKAGE], { timeoutMs: 60_000, signal });
    return true;
  } catch {
    signal?.throwIfAborted();
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
