/**
 * Type checks the libraries of runtime `any` without Node's types, so that `Buffer`, `process` or a Node type in a signature is
 * an error. Tests, and the files that run in Node alone, are left out.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOMS } from "../boundaries/rooms.ts";
import { runCommand } from "../process/run-command.ts";

const root = join(import.meta.dirname, "..", "..");
const work = join(root, "node_modules", ".cache", "inference-ts");
const file = join(work, "tsconfig.any-runtime.json");

/** `src/sharp/` and `src/node\.ts`, patterns of the rooms table, as globs of a tsconfig. */
const asGlob = (pattern: string) => pattern.replaceAll("\\.", ".").replace(/\/$/, "/**");

const rooms = Object.entries(ROOMS).filter(([, room]) => room.runtime !== "node");
const tsconfig = {
  extends: join(root, "tsconfig.base.json"),
  compilerOptions: { types: [] },
  include: rooms.map(([name]) => join(root, "libs", name, "src")),
  exclude: rooms.flatMap(([name, room]) => [
    join(root, "libs", name, "src/**/*.test.ts"),
    join(root, "libs", name, "src/**/testing"),
    ...(room.nodeOnly ?? []).map((pattern) => join(root, "libs", name, asGlob(pattern))),
  ]),
};
mkdirSync(work, { recursive: true });
writeFileSync(file, JSON.stringify(tsconfig, null, 2));
const tsc = join(root, "node_modules", "typescript-native", "bin", "tsc");
const result = await runCommand(process.execPath, [tsc, "-p", file], { cwd: root });
console.log(result.output);
process.exitCode = result.exitCode;
