/**
 * Type checks the libraries of runtime `any` without Node's types, so that `Buffer`, `process` or a Node type in a signature is
 * an error. Tests, and the files that run in Node alone, are left out.
 */
import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOMS, TEST_CODE } from "../boundaries/rooms.ts";
import { runCommand } from "../process/run-command.ts";

const root = join(import.meta.dirname, "..", "..");
const work = join(root, "node_modules", ".cache", "inference-ts");
const file = join(work, "tsconfig.any-runtime.json");

const files = Object.entries(ROOMS).flatMap(([name, room]) => {
  if (room.runtime === "node") return [];
  const nodeOnly = (room.nodeOnly ?? []).map((path) => new RegExp(`^libs/${name}/${path}`));
  return globSync(`libs/${name}/src/**/*.ts`, { cwd: root })
    .filter((path) => !TEST_CODE.some((pattern) => new RegExp(pattern).test(path)))
    .filter((path) => !nodeOnly.some((pattern) => pattern.test(path)));
});
const tsconfig = {
  extends: join(root, "tsconfig.base.json"),
  compilerOptions: { types: [] },
  files: files.map((path) => join(root, path)),
};
mkdirSync(work, { recursive: true });
writeFileSync(file, JSON.stringify(tsconfig, null, 2));
const tsc = join(root, "node_modules", "typescript-native", "bin", "tsc");
const result = await runCommand(process.execPath, [tsc, "-p", file], { cwd: root });
console.log(result.exitCode === 0 ? `${files.length} files` : result.output);
process.exitCode = result.exitCode;
