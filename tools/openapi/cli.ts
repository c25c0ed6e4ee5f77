import { parseArgs } from "node:util";
import { isInferenceError } from "@inference-ts/errors";
import { checkFolder } from "./check.ts";
import { checkCompanions, planCompanionTypes, planCompanionUpdate } from "./companions.ts";
import { touchedMethods } from "./coverage.ts";
import { diffSpecs } from "./diff.ts";
import { type Folder, readFolder, writeChanges } from "./folder.ts";
import type { Spec } from "./normalise.ts";
import { isProfile, PROFILES, type Profile } from "./profiles.ts";
import { diffLines, touchedLines } from "./report.ts";
import { loadSpec } from "./source.ts";
import { type Plan, planArchive, planGenerate, planUpdate } from "./update.ts";

const HELP = `npm run openapi -- <command>

  update <url|file> [--profile default|all|hosted] [--dry-run]
      Take the document of a server: normalise it, apply the overlay, generate the types, and print what changed
      and which client methods that touches. <url> is a server or its openapi.json. A profile other than "all"
      replaces only what that kind of server has. Without --profile it is the one with the most similar operations.
      A document of Text Generation Inference or Text Embeddings Inference goes to openapi/huggingface.
  check
      Make everything again in memory; print what is out of step and exit with 1 when something is.
  diff <a> <b> [--json]
      Compare two documents: files, URLs, or versions kept in openapi/ (and "current").
  generate
      Make the generated types and the history again, after a change of an overlay.
  archive <url|file>
      Keep the document of another server version in openapi/versions, for the history and for diff.

Exit codes: 0 ok, 1 out of step or failed, 2 wrong usage.
`;

interface Arguments {
  readonly places: readonly string[];
  readonly profile: Profile | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What a command prints and exits with. */
interface Outcome {
  /** The result goes to stdout, the reason why there is none to stderr. */
  readonly stream: "stdout" | "stderr";
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1 | 2;
}

type Command = (root: string, args: Arguments) => Promise<Outcome>;

/** The command line itself is wrong, as opposed to what it points at. */
class UsageError extends Error {}

function exactly(count: number, { places }: Arguments): readonly string[] {
  if (places.length === count) return places;
  throw new UsageError(`Expected ${count} argument(s), got ${places.length}.`);
}

async function carryOut(root: string, plan: Plan, dryRun: boolean): Promise<Outcome> {
  if (!dryRun) await writeChanges(root, plan.changes);
  const note = dryRun ? ["Nothing was written (--dry-run)."] : [];
  return { stream: "stdout", lines: [...plan.lines, ...note], exitCode: 0 };
}

function specNamed(folder: Folder, name: string): Spec | undefined {
  const { current, versions } = folder;
  if (name === "current" || name === current?.spec.info.version) return current?.spec;
  return versions.get(name)?.spec;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  async update(root, args) {
    const [place = ""] = exactly(1, args);
    const loaded = await loadSpec(place);
    const companion = await planCompanionUpdate(root, loaded);
    const plan = companion ?? (await planUpdate(await readFolder(root), loaded, args.profile));
    return carryOut(root, plan, args.dryRun);
  },
  async check(root, args) {
    exactly(0, args);
    const problems = [...(await checkFolder(await readFolder(root))), ...(await checkCompanions(root))];
    if (problems.length === 0) return { stream: "stdout", lines: ["openapi: in step"], exitCode: 0 };
    return { stream: "stdout", lines: problems.map((problem) => `openapi: ${problem}`), exitCode: 1 };
  },
  async diff(root, args) {
    const [a = "", b = ""] = exactly(2, args);
    const folder = await readFolder(root);
    const from = specNamed(folder, a) ?? (await loadSpec(a)).spec;
    const to = specNamed(folder, b) ?? (await loadSpec(b)).spec;
    const diff = diffSpecs(from, to);
    const methods = touchedMethods(diff, folder.coverage);
    const lines = args.json
      ? [JSON.stringify({ ...diff, methods }, null, 2)]
      : [...diffLines(diff), ...touchedLines(methods)];
    return { stream: "stdout", lines, exitCode: 0 };
  },
  async generate(root, args) {
    exactly(0, args);
    const own = await planGenerate(await readFolder(root));
    const companions = await planCompanionTypes(root);
    const plan = {
      changes: new Map([...own.changes, ...companions.changes]),
      lines: [...own.lines, ...companions.lines],
    };
    return carryOut(root, plan, args.dryRun);
  },
  async archive(root, args) {
    const [place = ""] = exactly(1, args);
    return carryOut(root, await planArchive(await readFolder(root), await loadSpec(place)), args.dryRun);
  },
};

function profileNamed(name: string | undefined): Profile | undefined {
  if (name === undefined || isProfile(name)) return name;
  throw new UsageError(`"${name}" is not a profile: ${PROFILES.join(", ")}.`);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        profile: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : "Wrong arguments.", { cause });
  }
}

/**
 * Runs one command line.
 *
 * @param argv - Arguments after the program's name.
 * @param root - Root of the repository.
 */
export async function runCli(argv: readonly string[], root: string): Promise<Outcome> {
  try {
    const { values, positionals } = parse(argv);
    const [name = "", ...places] = positionals;
    if (values.help || name === "help") return { stream: "stdout", lines: [HELP], exitCode: 0 };
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined)
      throw new UsageError(name === "" ? "Name a command." : `There is no command "${name}".`);
    return await command(root, {
      places,
      profile: profileNamed(values.profile),
      dryRun: values["dry-run"],
      json: values.json,
    });
  } catch (error) {
    if (error instanceof UsageError)
      return { stream: "stderr", lines: [`openapi: ${error.message}`, "", HELP], exitCode: 2 };
    if (isInferenceError(error))
      return { stream: "stderr", lines: [`openapi: ${error.message}`], exitCode: 1 };
    throw error;
  }
}
