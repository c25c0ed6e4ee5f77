import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { GoldenCase } from "./case.ts";

/** Variables that say something about a client. */
const CLEARED = /^(HF_|HUGGING|XDG_CACHE_HOME$|https?_proxy$|no_proxy$|all_proxy$)/i;

/** The machine that a case was recorded on: home folder, files and environment of this process. */
export interface Machine {
  /** The folder that `{TMP}` stands for. */
  readonly folder: string;
  restore(): void;
}

/** Puts the variables and files of a case in place. `fill` replaces the placeholders of a text. */
export function installMachine(golden: GoldenCase, fill: (text: string, folder: string) => string): Machine {
  const folder = mkdtempSync(join(tmpdir(), "golden-hf-"));
  const home = join(folder, "home");
  mkdirSync(home);
  for (const [path, content] of Object.entries(golden.files)) {
    const file = fill(path, folder);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (CLEARED.test(name)) delete process.env[name];
  process.env.HOME = home;
  for (const [name, value] of Object.entries(golden.environ)) process.env[name] = fill(value, folder);
  return {
    folder,
    restore: () => {
      for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
      Object.assign(process.env, before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
