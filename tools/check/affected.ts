/**
 * `npm run affected`: type check and test what a change affects, with Nx's cache. Compares with `NX_BASE`, or the branch the work
 * started from, or the commit before; where none of these exists (first commit, shallow clone), everything is run.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { runCommand } from "../process/run-command.ts";
import { baseCandidates } from "./affected-base.ts";

const root = join(import.meta.dirname, "..", "..");
const TARGETS = "typecheck,test";

const git = async (...args: string[]) => {
  const { exitCode, stdout } = await runCommand("git", args, { cwd: root });
  return exitCode === 0 ? stdout.trim() : undefined;
};

async function findBase(): Promise<string | undefined> {
  const head = await git("rev-parse", "--verify", "--quiet", "HEAD");
  for (const { ref, mergeBase } of baseCandidates(process.env.NX_BASE)) {
    const commit = await git("rev-parse", "--verify", "--quiet", `${ref}^{commit}`);
    const base = commit !== undefined && mergeBase ? await git("merge-base", commit, "HEAD") : commit;
    // On the main branch itself its merge base is HEAD: that would compare nothing with nothing.
    if (base !== undefined && base !== head) return base;
  }
  return undefined;
}

const base = await findBase();
const extra = process.argv.slice(2);
const command =
  base === undefined
    ? ["run-many", "-t", TARGETS, ...extra]
    : ["affected", "-t", TARGETS, `--base=${base}`, ...extra];
console.log(
  base === undefined ? "nothing to compare with: running everything" : `compared with ${base.slice(0, 10)}`,
);
const nx = spawn(
  process.execPath,
  [join(root, "node_modules", "nx", "dist", "bin", "nx.js"), ...command, "--outputStyle=stream"],
  {
    cwd: root,
    stdio: "inherit",
    // Unless told otherwise Nx asks every program below for colours, and tests that read a program's output meet them.
    env: {
      ...process.env,
      NO_COLOR: undefined,
      FORCE_COLOR: "0",
      NX_DAEMON: "false",
      NX_NO_CLOUD: "true",
      NX_TUI: "false",
    },
  },
);
nx.once("close", (code) => {
  process.exitCode = code ?? 1;
});
