import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");

/** The interpreter of an environment with aiortc, or why this machine has none. */
export type AiortcInstallation = { readonly interpreter: string } | { readonly missing: string };

const installations = new Map<string, Promise<AiortcInstallation>>();

/**
 * Installs aiortc (exact versions of `requirements.txt`) into a virtual environment in the user's cache folder, once per list of
 * versions; `INFERENCE_AIORTC_HOME` names another folder. Several processes may ask at once.
 */
export function installAiortc(home = aiortcHome()): Promise<AiortcInstallation> {
  const known = installations.get(home) ?? install(home);
  installations.set(home, known);
  return known;
}

function aiortcHome(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return (
    env.INFERENCE_AIORTC_HOME ||
    join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "inference-ts", "aiortc")
  );
}

async function install(home: string): Promise<AiortcInstallation> {
  const fingerprint = createHash("sha256").update(await readFile(REQUIREMENTS));
  const venv = join(home, `venv-${fingerprint.digest("hex").slice(0, 12)}`);
  const interpreterOf = (folder: string) => join(folder, "bin", "python");
  if (await exists(interpreterOf(venv))) return { interpreter: interpreterOf(venv) };
  await mkdir(home, { recursive: true });
  // Made beside its place and moved there when complete: an environment with that name is whole.
  const unfinished = await mkdtemp(join(home, "unfinished-"));
  const steps: readonly (readonly [command: string, ...args: readonly string[]])[] = [
    ["python3", "-m", "venv", unfinished],
    [
      interpreterOf(unfinished),
      ...["-m", "pip", "--disable-pip-version-check", "install", "-q"],
      "-r",
      REQUIREMENTS,
    ],
    [interpreterOf(unfinished), "-c", "import aiortc, av"],
  ];
  try {
    for (const [command, ...args] of steps) {
      const problem = await run(command, args);
      if (problem !== null) return { missing: `aiortc cannot be installed here: ${problem}` };
    }
    await rename(unfinished, venv).catch(async (error: unknown) => {
      // Another process was faster.
      if (!(await exists(interpreterOf(venv)))) throw error;
    });
    return { interpreter: interpreterOf(venv) };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Runs a command; resolves to null, or to the last line of what it said when it failed. */
function run(command: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: 600_000 }, (error, stdout, stderr) => {
      const lastLine = `${stdout}\n${stderr}`.trim().split("\n").at(-1) ?? "";
      resolve(error === null ? null : lastLine || error.message);
    });
  });
}
