import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../process/run-command.ts";
import { makeProject, npm } from "./npm.ts";
import { ROOT } from "./packages.ts";

/** The oldest Node the published packages allow (`engines.node`). */
export const OLDEST_NODE = "22.12.0";

/**
 * Path of a Node of that version, installed once into the cache folder; or why there is none (no registry).
 */
export async function oldestNode(): Promise<{ readonly path: string } | { readonly missing: string }> {
  const dir = join(ROOT, "node_modules", ".cache", "inference-ts", `node-${OLDEST_NODE}`);
  const path = join(dir, "node_modules", "node", "bin", "node");
  if (!existsSync(path)) {
    makeProject(dir);
    const args = ["install", `node@${OLDEST_NODE}`, "--no-audit", "--no-fund", "--prefer-offline"];
    const installed = await npm(args, dir);
    if (installed.exitCode !== 0) return { missing: lastLines(installed.output) };
  }
  const version = await runCommand(path, ["--version"], { cwd: dir });
  return version.stdout.trim() === `v${OLDEST_NODE}` ? { path } : { missing: lastLines(version.output) };
}

const lastLines = (text: string) => text.trim().split("\n").slice(-3).join(" | ");
