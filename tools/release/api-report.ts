/**
 * Compares the public API of every entry with the reports in `libs/sdk/etc`, made by API Extractor from the built declarations.
 * `--local` writes the reports. Needs a finished build.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { entriesOf, ROOT, readManifest, SDK } from "./packages.ts";

const { values } = parseArgs({
  options: {
    /** Writes the reports instead of comparing. */
    local: { type: "boolean", default: false },
  },
});

const packageDir = join(ROOT, SDK.dir);
const reportDir = join(packageDir, "etc");
const none = { logLevel: ExtractorLogLevel.None, addToApiReportFile: false } as const;

function extract(entryName: string, work: string): string {
  const reportFileName = `${entryName}.api.md`;
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(packageDir, "package.json"),
    configObject: {
      projectFolder: packageDir,
      mainEntryPointFilePath: join(packageDir, "dist", `${entryName}.d.ts`),
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "ES2024",
            lib: ["ES2024", "ESNext.Disposable", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
            module: "esnext",
            moduleResolution: "bundler",
            types: ["node"],
            skipLibCheck: true,
          },
          files: [join(packageDir, "dist", `${entryName}.d.ts`)],
        },
      },
      apiReport: { enabled: true, reportFileName, reportFolder: work, reportTempFolder: join(work, "temp") },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: none,
          // A type that the API mentions and no entry exports cannot be named by a user.
          "ae-forgotten-export": { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: none },
      },
    },
  });
  mkdirSync(join(work, "temp"), { recursive: true });
  const problems: string[] = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
      message.handled = true;
    },
  });
  if (problems.length > 0) throw new Error(`API Extractor, ${entryName}: ${problems.join("; ")}`);
  return withoutPositions(readFileSync(join(work, reportFileName), "utf8"));
}

/** Positions in built files change with every edit; the report shall change with the API only. */
const withoutPositions = (report: string) => report.replace(/^\/\/ dist\/\S+:\d+:\d+ - /gm, "// ");

const work = mkdtempSync(join(tmpdir(), "inference-ts-api-"));
const entries = entriesOf(readManifest(SDK.dir));
const differing: string[] = [];
try {
  for (const { name } of entries) {
    const fresh = extract(name, work);
    const file = join(reportDir, `${name}.api.md`);
    const tracked = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (fresh === tracked) continue;
    if (values.local) {
      mkdirSync(reportDir, { recursive: true });
      writeFileSync(file, fresh);
    } else {
      differing.push(`${SDK.dir}/etc/${name}.api.md\n${changedLines(tracked, fresh)}`);
    }
  }
  const expected = new Set(entries.map(({ name }) => `${name}.api.md`));
  for (const file of existsSync(reportDir) ? readdirSync(reportDir) : []) {
    if (expected.has(file)) continue;
    if (values.local) rmSync(join(reportDir, file));
    else differing.push(`${SDK.dir}/etc/${file}: there is no such entry any more`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Lines that are only in one of the two reports, enough to see what changed. */
function changedLines(before: string, after: string): string {
  const old = new Set(before.split("\n"));
  const fresh = new Set(after.split("\n"));
  const lines = [
    ...[...old].filter((line) => !fresh.has(line)).map((line) => `  - ${line}`),
    ...[...fresh].filter((line) => !old.has(line)).map((line) => `  + ${line}`),
  ];
  return lines.length > 40
    ? [...lines.slice(0, 40), `  ... ${lines.length - 40} more`].join("\n")
    : lines.join("\n");
}

if (differing.length > 0) {
  console.log(`The public API differs from its report:\n\n${differing.join("\n\n")}\n`);
  console.log("If that is intended, write the reports and commit them: npm run api:update");
  process.exitCode = 1;
} else {
  console.log(values.local ? `wrote ${entries.length} reports` : `${entries.length} reports are up to date`);
}
