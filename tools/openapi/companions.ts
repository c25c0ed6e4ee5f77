import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidParameterError, isInferenceError } from "@inference-ts/errors";
import { diffSpecs } from "./diff.ts";
import { operationsOf } from "./document.ts";
import { type FileChanges, ifThere, serverVersionOf } from "./folder.ts";
import { generateTypes } from "./generate.ts";
import { isObject, type Json, parseJson, toFileText } from "./json.ts";
import { normalise, type Spec } from "./normalise.ts";
import { applyOverlay, readOverlay } from "./overlay.ts";
import { diffLines } from "./report.ts";
import { type LoadedSpec, sha256 } from "./source.ts";
import type { Plan } from "./update.ts";

/** A server of the second system whose document gives types too. Only types: no profiles, history or coverage. */
interface Companion {
  readonly name: "tgi" | "tei";
  /** `info.title` of its document, by which `update` tells the documents apart. */
  readonly title: string;
}

const COMPANIONS: readonly Companion[] = [
  { name: "tgi", title: "Text Generation Inference" },
  { name: "tei", title: "Text Embeddings Inference" },
];

const FOLDER = "openapi/huggingface";
const SOURCE_FILE = `${FOLDER}/SOURCE.json`;
const REGENERATE = "run: npm run openapi -- generate";

/** Files of one companion, relative to the root of the repository. */
const filesOf = ({ name }: Companion) => ({
  spec: `${FOLDER}/${name}.json`,
  overlay: `${FOLDER}/${name}-overlay.json`,
  types: `libs/schema/src/generated/huggingface-${name}.ts`,
});

/** Where a companion's document came from. */
interface CompanionSource {
  readonly serverVersion: string;
  readonly how: string;
  /** SHA-256 of the document as it came. */
  readonly rawSha256: string;
  /** SHA-256 of the normalised file. */
  readonly normalisedSha256: string;
}

type Sources = Readonly<Record<string, CompanionSource>>;

function isSource(value: Json): value is Json & CompanionSource {
  return (
    isObject(value) &&
    [value.serverVersion, value.how, value.rawSha256, value.normalisedSha256].every(
      (field) => typeof field === "string",
    )
  );
}

const textOf = (root: string, file: string) => ifThere(readFile(join(root, file), "utf8"));

async function readSources(root: string): Promise<Sources> {
  const text = await textOf(root, SOURCE_FILE);
  const document = text === undefined ? {} : parseJson(text, SOURCE_FILE);
  const entries = Object.entries(isObject(document) ? document : {});
  return Object.fromEntries(
    entries.map(([name, source]) => {
      if (isSource(source)) return [name, source];
      throw new InvalidParameterError(
        `${SOURCE_FILE} needs "serverVersion", "how", "rawSha256" and "normalisedSha256" for "${name}".`,
      );
    }),
  );
}

async function typesOf(root: string, companion: Companion, spec: Spec): Promise<string> {
  const files = filesOf(companion);
  const overlay = await textOf(root, files.overlay);
  const corrections = overlay === undefined ? [] : readOverlay(parseJson(overlay, files.overlay));
  return generateTypes(applyOverlay(spec, corrections, files.overlay), files);
}

async function problemsOf(root: string, companion: Companion, sources: Sources): Promise<readonly string[]> {
  const files = filesOf(companion);
  const text = await textOf(root, files.spec);
  if (text === undefined) return [`${files.spec} is missing; run: npm run openapi -- update <url|file>`];
  const spec = normalise(parseJson(text, files.spec), files.spec);
  const source = sources[companion.name];
  const problems: string[] = [];
  if (text !== toFileText(spec) || sha256(text) !== source?.normalisedSha256) {
    problems.push(
      `${files.spec} is not the file that ${SOURCE_FILE} names: put corrections into ${files.overlay}.`,
    );
  }
  if (spec.info.version !== source?.serverVersion) {
    problems.push(`${files.spec} is of version ${spec.info.version}, ${SOURCE_FILE} names another.`);
  }
  if ((await typesOf(root, companion, spec)) !== (await textOf(root, files.types))) {
    problems.push(`${files.types} is not what the document and the overlay give; ${REGENERATE}`);
  }
  return problems;
}

/** What is out of step in the documents of the second system, one line each. Writes nothing. */
export async function checkCompanions(root: string): Promise<readonly string[]> {
  try {
    const sources = await readSources(root);
    return (await Promise.all(COMPANIONS.map((one) => problemsOf(root, one, sources)))).flat();
  } catch (error) {
    if (isInferenceError(error)) return [error.message];
    throw error;
  }
}

/** Plans the types of every document of the second system that is there. */
export async function planCompanionTypes(root: string): Promise<Plan> {
  const changes = new Map<string, string>();
  for (const companion of COMPANIONS) {
    const { spec: file, types } = filesOf(companion);
    const text = await textOf(root, file);
    if (text !== undefined) {
      changes.set(types, await typesOf(root, companion, normalise(parseJson(text, file), file)));
    }
  }
  return { changes, lines: [...changes.keys()].map((file) => `Generated ${file}`) };
}

/**
 * Plans to take another document of TGI or TEI. Undefined when it is a document of another program.
 *
 * @throws InvalidParameterError when a correction of its overlay no longer applies.
 */
export async function planCompanionUpdate(root: string, loaded: LoadedSpec): Promise<Plan | undefined> {
  const { spec, how, rawSha256 } = loaded;
  const companion = COMPANIONS.find(({ title }) => title === spec.info.title);
  if (companion === undefined) return undefined;
  const files = filesOf(companion);
  const before = await textOf(root, files.spec);
  const text = toFileText(spec);
  const source = { serverVersion: serverVersionOf(spec), how, rawSha256, normalisedSha256: sha256(text) };
  const sources = { ...(await readSources(root)), [companion.name]: source };
  const changes: FileChanges = new Map([
    [files.spec, text],
    [files.types, await typesOf(root, companion, spec)],
    [SOURCE_FILE, `${JSON.stringify(sources, null, 2)}\n`],
  ]);
  const lines =
    before === undefined
      ? [`${companion.title} ${spec.info.version}: ${operationsOf(spec).size} operations`]
      : diffLines(diffSpecs(normalise(parseJson(before, files.spec), files.spec), spec));
  return { changes, lines };
}
