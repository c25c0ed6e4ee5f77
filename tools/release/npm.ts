import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandResult, runCommand } from "../process/run-command.ts";

/** Runs npm in another project. What `npm run` put into the environment would point it back at this workspace. */
export function npm(args: readonly string[], cwd: string): Promise<CommandResult> {
  const env: Record<string, undefined> = {};
  for (const name of Object.keys(process.env)) {
    if (/^npm_(?:package|lifecycle)_|^npm_config_(?:local_prefix|prefix)$|^INIT_CWD$/i.test(name)) {
      env[name] = undefined;
    }
  }
  return runCommand("npm", [...args, "--prefix", cwd, "--loglevel", "error"], { cwd, env });
}

/** Makes an empty project that allows the install script of the `node` package and no other. */
export function makeProject(dir: string, fields: Readonly<Record<string, unknown>> = {}): void {
  mkdirSync(dir, { recursive: true });
  const manifest = {
    name: "consumer",
    private: true,
    type: "module",
    allowScripts: { node: true },
    ...fields,
  };
  writeFileSync(join(dir, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Packs the package in `dir` into `destination`; returns the tarball's path and the names of the files inside. */
export async function pack(
  dir: string,
  destination: string,
): Promise<{ readonly tarball: string; readonly files: readonly string[] }> {
  const result = await npm(["pack", dir, "--json", "--pack-destination", destination], destination);
  if (result.exitCode !== 0) throw new Error(`npm pack failed for ${dir}:\n${result.output}`);
  const answer: unknown = JSON.parse(result.stdout);
  const packed = packedPackage(answer);
  if (packed === undefined) throw new Error(`npm pack printed something unexpected:\n${result.stdout}`);
  return { tarball: join(destination, packed.filename), files: packed.files.map((file) => file.path) };
}

interface PackedPackage {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** npm prints a list up to version 11 and an object by package name in later versions. */
function packedPackage(answer: unknown): PackedPackage | undefined {
  const [first]: unknown[] = Object.values(Object(answer));
  return isPackedPackage(first) ? first : undefined;
}

function isPackedPackage(value: unknown): value is PackedPackage {
  return (
    typeof value === "object" &&
    value !== null &&
    "filename" in value &&
    typeof value.filename === "string" &&
    "files" in value &&
    Array.isArray(value.files)
  );
}
