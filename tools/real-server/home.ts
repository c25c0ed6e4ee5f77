import { homedir } from "node:os";
import { join } from "node:path";
import type { PackageSetName } from "./versions.ts";

/** Folders of the real server; everything it writes lies below `home`. */
export interface Folders {
  readonly home: string;
  readonly venv: string;
  readonly python: string;
  /** Marks a finished installation; holds the fingerprint of what was installed. */
  readonly completeMark: string;
  readonly installLock: string;
  readonly runs: string;
}

/**
 * `INFERENCE_REAL_SERVER_HOME`, or `inference-ts/real-server` in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`).
 */
export function realServerHome(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env.INFERENCE_REAL_SERVER_HOME) return env.INFERENCE_REAL_SERVER_HOME;
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "inference-ts", "real-server");
}

export function foldersOf(packages: PackageSetName, home: string): Folders {
  const venv = join(home, `venv-${packages}`);
  return {
    home,
    venv,
    python: join(venv, "bin", "python"),
    completeMark: join(venv, ".complete"),
    installLock: join(home, `venv-${packages}.lock`),
    runs: join(home, "runs"),
  };
}
