/**
 * Tests the published packages the way a consumer meets them: packs them, installs the tarballs into empty projects without
 * optional peers, imports, type checks and runs them there. Needs a finished build.
 */
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandResult, runCommand } from "../process/run-command.ts";
import { stagePackage } from "./build-package.ts";
import {
  browserTypesProgram,
  consumerTsconfig,
  importProgram,
  missingPeerProgram,
  nodeTypesProgram,
} from "./consumer-programs.ts";
import { makeProject, npm, pack } from "./npm.ts";
import { OLDEST_NODE, oldestNode } from "./oldest-node.ts";
import { CLI, entriesOf, ROOT, readManifest, SDK } from "./packages.ts";

const sdk = readManifest(SDK.dir);
const entries = entriesOf(sdk);
const work = mkdtempSync(join(tmpdir(), "inference-ts-pack-"));
const program = (name: string) => join(ROOT, "node_modules", name);
let failures = 0;

async function step(name: string, action: () => Promise<string | undefined>): Promise<void> {
  const startedAt = performance.now();
  const problem = await action().catch((error: unknown) => String(error));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${problem === undefined ? "ok  " : "FAIL"}  ${name}  ${seconds} s`);
  if (problem === undefined) return;
  failures++;
  console.log(problem);
}

const problemOf = (result: CommandResult) =>
  result.exitCode === 0 ? undefined : `exit code ${result.exitCode}\n${result.output.trim()}`;

const node = (script: string, cwd: string, path = process.execPath) =>
  runCommand(path, ["--input-type=module", "-"], { cwd, input: script, env: { NODE_OPTIONS: undefined } });

const install = async (dir: string, tarballs: readonly string[]) => {
  makeProject(dir);
  const options = ["--omit=optional", "--no-audit", "--no-fund", "--prefer-offline"];
  return problemOf(await npm(["install", ...tarballs, ...options], dir));
};

const sdkProject = join(work, "sdk");
const cliProject = join(work, "cli");

try {
  const sdkPack = await pack(stagePackage(SDK), work);
  const cliPack = await pack(stagePackage(CLI), work);

  await step("the tarballs hold README, LICENSE and built files, nothing else", async () => {
    const foreign = [...sdkPack.files, ...cliPack.files].filter(
      (file) => !/^(?:README\.md|LICENSE|package\.json|dist\/[\w/.-]+\.(?:js|js\.map|d\.ts))$/.test(file),
    );
    const absent = ["README.md", "LICENSE"].filter((file) => !sdkPack.files.includes(file));
    const problems = [
      ...foreign.map((file) => `foreign: ${file}`),
      ...absent.map((file) => `absent: ${file}`),
    ];
    return problems.length === 0 ? undefined : problems.join("\n");
  });

  for (const [name, { tarball }] of Object.entries({ sdk: sdkPack, cli: cliPack })) {
    await step(`publint, ${name}`, async () =>
      problemOf(
        await runCommand(process.execPath, [program("publint/src/cli.js"), "run", tarball, "--strict"], {
          cwd: work,
        }),
      ),
    );
  }

  await step("attw, sdk, profile esm-only", async () =>
    problemOf(
      await runCommand(
        process.execPath,
        [
          program("@arethetypeswrong/cli/dist/index.js"),
          sdkPack.tarball,
          "--profile",
          "esm-only",
          "--no-emoji",
          "--no-definitely-typed",
          "--format",
          "ascii",
        ],
        { cwd: work },
      ),
    ),
  );

  await step("the sdk installs into an empty project without optional peers", async () => {
    const problem = await install(sdkProject, [sdkPack.tarball]);
    const present = Object.keys(sdk.peerDependencies ?? {}).filter((peer) =>
      existsSync(join(sdkProject, "node_modules", peer)),
    );
    return problem ?? (present.length === 0 ? undefined : `installed all the same: ${present.join(", ")}`);
  });

  await step(`every entry loads in Node ${process.versions.node}`, async () =>
    problemOf(await node(importProgram(sdk.name, entries), sdkProject)),
  );

  const oldest = await oldestNode();
  if ("missing" in oldest) {
    console.log(
      `skip  every entry loads in Node ${OLDEST_NODE}: it could not be installed: ${oldest.missing}`,
    );
  } else {
    await step(`every entry loads in Node ${OLDEST_NODE}`, async () =>
      problemOf(await node(importProgram(sdk.name, entries), sdkProject, oldest.path)),
    );
  }

  await step("a missing sharp is a MissingPeerError with the install command", async () =>
    problemOf(await node(missingPeerProgram(sdk.name), sdkProject)),
  );

  symlinkSync(join(ROOT, "node_modules", "@types"), join(sdkProject, "node_modules", "@types"));
  const compilers = { "TypeScript 6": "typescript/lib/tsc.js", "TypeScript 7": "typescript-native/bin/tsc" };
  const consumers = [
    { name: "browser", types: [], text: browserTypesProgram(sdk.name) },
    { name: "node", types: ["node"], text: nodeTypesProgram(sdk.name, entries) },
  ];
  for (const { name, types, text } of consumers) {
    writeFileSync(join(sdkProject, `${name}.ts`), text);
    for (const moduleResolution of ["bundler", "nodenext"] as const) {
      const file = `tsconfig.${name}.${moduleResolution}.json`;
      const options = consumerTsconfig({ moduleResolution, types, files: [`${name}.ts`] });
      writeFileSync(join(sdkProject, file), JSON.stringify(options));
      for (const [compiler, path] of Object.entries(compilers)) {
        await step(`a strict ${name} program type checks, ${moduleResolution}, ${compiler}`, async () =>
          problemOf(await runCommand(process.execPath, [program(path), "-p", file], { cwd: sdkProject })),
        );
      }
    }
  }

  await step("the cli installs, and prints its version", async () => {
    const problem = await install(cliProject, [sdkPack.tarball, cliPack.tarball]);
    if (problem !== undefined) return problem;
    const command = join(cliProject, "node_modules", ".bin", "infer");
    const result = await runCommand(command, ["--version"], { cwd: cliProject });
    const version = readManifest(CLI.dir).version;
    return problemOf(result) ?? (result.stdout.trim() === version ? undefined : `printed: ${result.stdout}`);
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
