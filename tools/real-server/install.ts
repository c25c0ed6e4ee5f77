import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { runCommand } from "./command.ts";
import { type Folders, foldersOf, realServerHome } from "./home.ts";
import { fingerprintOf, PYTHON_FOLDER } from "./install-fingerprint.ts";
import { uvEnvironmentOf } from "./pip-settings.ts";
import { findPython, isInstalled } from "./probe.ts";
import { isAlive } from "./process-group.ts";
import { PACKAGE_SETS, type PackageSetName } from "./versions.ts";

export interface InstallOptions {
  readonly packages: PackageSetName;
  /** Default: `INFERENCE_REAL_SERVER_HOME`, else the user's cache folder. */
  readonly home?: string;
  readonly signal?: AbortSignal | undefined;
  readonly log?: (line: string) => void;
}

/**
 * Makes the virtual environment of a real server (about 40 s and 1.7 GB; 25 s and 0.85 GB for Hugging Face), once per lock
 * file. Two installers of the same one wait for each other. Ask `probe()` before: it says why a machine cannot do this.
 */
export async function installRealServer(options: InstallOptions): Promise<Folders> {
  const { packages, signal, log = () => {} } = options;
  const home = options.home ?? realServerHome();
  const folders = foldersOf(packages, home);
  await mkdir(home, { recursive: true });
  if (await isInstalled(packages, home)) return folders;
  const release = await takeLock(folders.installLock, signal, log);
  try {
    if (!(await isInstalled(packages, home))) await makeEnvironment(packages, folders, signal, log);
    return folders;
  } finally {
    await release();
  }
}

async function makeEnvironment(
  packages: PackageSetName,
  folders: Folders,
  signal: AbortSignal | undefined,
  log: (line: string) => void,
): Promise<void> {
  const systemPython = await findPython(process.env, signal);
  if (systemPython === undefined) throw new Error("The real server needs CPython 3.11; none was found.");
  log(`installing the real server (${packages}) into ${folders.venv}`);
  await rm(folders.venv, { recursive: true, force: true });
  await runCommand(systemPython, ["-m", "venv", folders.venv], { signal });
  const installPackages = await packageInstaller(folders, signal, log);
  const { lockFile, torch } = PACKAGE_SETS[packages];
  await installPackages(["-r", lockFile]);
  await installPackages(torch);
  log("cutting torch down to its CPU part");
  const printSitePackages = "import sysconfig; print(sysconfig.get_path('purelib'))";
  const sitePackages = (await runCommand(folders.python, ["-c", printSitePackages], { signal })).trim();
  await runCommand(folders.python, [join(PYTHON_FOLDER, "slim_torch.py"), sitePackages], { signal });
  await writeFile(folders.completeMark, await fingerprintOf(packages));
}

/** uv is six times as fast as pip here; it is fetched with pip and uses pip's settings. Where it is not to be had, pip does it. */
async function packageInstaller(
  folders: Folders,
  signal: AbortSignal | undefined,
  log: (line: string) => void,
): Promise<(packages: readonly string[]) => Promise<unknown>> {
  const pip = ["-m", "pip", "--disable-pip-version-check"];
  const hasUv = await runCommand(folders.python, [...pip, "install", "-q", "uv"], { signal }).then(
    () => true,
    () => false,
  );
  signal?.throwIfAborted();
  if (!hasUv) {
    log("uv is not available: installing with pip, which takes some minutes");
    return (packages) =>
      runCommand(folders.python, [...pip, "install", "-q", "--no-deps", ...packages], { signal });
  }
  const settings = await runCommand(folders.python, [...pip, "config", "list"], { signal });
  const env = { ...process.env, ...uvEnvironmentOf(settings, process.env) };
  const uv = join(dirname(folders.python), "uv");
  const uvArgs = ["pip", "install", "-q", "--python", folders.python, "--no-deps"];
  return (packages) => runCommand(uv, [...uvArgs, ...packages], { signal, env });
}

/** A file with our process id, made exclusively; a file of a process that is gone is taken over. */
async function takeLock(
  file: string,
  signal: AbortSignal | undefined,
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  for (let waits = 0; ; waits++) {
    signal?.throwIfAborted();
    const handle = await open(file, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return undefined;
      throw error;
    });
    if (handle) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    }
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    // An empty file was made this instant by its owner; it is given some seconds to write its id.
    if (owner > 0 ? !isAlive(owner) : waits > 5) {
      await rm(file, { force: true });
      continue;
    }
    if (waits === 0) log(`waiting for another installation (process ${owner || "unknown"})`);
    await delay(1_000, undefined, { signal });
  }
}
