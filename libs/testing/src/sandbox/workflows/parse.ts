import type { Block, BlockProperty } from "./blocks/block.ts";
import { BLOCK_TYPES, blockOf } from "./blocks/blocks.ts";
import { type BlockError, refuseBlocks, refuseWorkflow } from "./failures.ts";
import { isSelector, LITERALS, type LiteralProblem, selectorProblems } from "./literals.ts";

/** Version of the engine whose behaviour the sandbox follows (server 1.8.3). */
export const ENGINE_VERSION = "1.17.0";

/** An input of a workflow. */
export interface InputDefinition {
  readonly name: string;
  readonly type: string;
  /** Is it a picture; everything else is a parameter. */
  readonly isImage: boolean;
  readonly kinds: readonly string[];
  readonly fallback: unknown;
}

/** A step with its block and the values of its properties, absent ones filled in. */
export interface StepDefinition {
  readonly name: string;
  readonly type: string;
  readonly block: Block;
  readonly values: Readonly<Record<string, unknown>>;
}

/** An output of a workflow. */
export interface OutputDefinition {
  readonly name: string;
  readonly selector: string;
  /** Are coordinates those of the picture that the caller gave. */
  readonly inParent: boolean;
}

/** A specification after its values were checked; what it refers to was not. */
export interface WorkflowDefinition {
  readonly inputs: readonly InputDefinition[];
  readonly steps: readonly StepDefinition[];
  readonly outputs: readonly OutputDefinition[];
}

/** An object of JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Place = readonly (string | number)[];

interface SyntaxProblem {
  readonly place: Place;
  readonly type: string;
  readonly message: string;
}

/** The text of a validation error, as pydantic writes it. */
export function problemText(problems: readonly SyntaxProblem[], model: string): string {
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} for ${model}`;
  const rows = problems.map(
    ({ place, type, message }) =>
      `${place.join(".")}\n  ${message} [type=${type}]\n` +
      `    For further information visit https://errors.pydantic.dev/2.11/v/${type}`,
  );
  return [count, ...rows].join("\n");
}

const missing = (place: Place): SyntaxProblem => ({ place, type: "missing", message: "Field required" });

const wrongTag = (place: Place, tag: unknown, known: readonly string[]): SyntaxProblem =>
  tag === undefined
    ? {
        place,
        type: "union_tag_not_found",
        message: "Unable to extract tag using discriminator 'type'",
      }
    : {
        place,
        type: "union_tag_invalid",
        message:
          `Input tag '${tag}' found using 'type' does not match any of the expected tags: ` +
          known.map((name) => `'${name}'`).join(", "),
      };

/** What is wrong with the value of a property, written into a specification or given at run time. */
export function propertyProblems(property: BlockProperty, value: unknown): readonly LiteralProblem[] {
  if (value === null && property.nullable === true) return [];
  if (property.form === "selectors") {
    if (!isRecord(value)) {
      return [{ place: [], type: "dict_type", message: "Input should be a valid dictionary" }];
    }
    return Object.entries(value).flatMap(([key, item]) =>
      selectorProblems(item).map((problem) => ({ ...problem, place: [key] })),
    );
  }
  const asSelector = selectorProblems(value);
  if (property.literal === undefined) return asSelector.map((problem) => ({ ...problem, place: [] }));
  const { label, check } = LITERALS[property.literal];
  const asLiteral = check(value);
  if (asLiteral.length === 0) return [];
  if (property.kinds.length === 0) return asLiteral.map((problem) => ({ ...problem, place: [] }));
  if (asSelector.length === 0) return [];
  return [
    ...asLiteral.map((problem) => ({ ...problem, place: [label] })),
    ...asSelector.map((problem) => ({ ...problem, place: ["constrained-str"] })),
  ];
}

const givenValue = (step: JsonRecord, name: string, property: BlockProperty): unknown =>
  name in step ? step[name] : property.alias === undefined ? undefined : step[property.alias];

/** Problems of one step; a place below `operations` is the index of the operation. */
function stepProblems(step: unknown, index: number): SyntaxProblem[] {
  const place = ["steps", index];
  const type = isRecord(step) ? step.type : undefined;
  const block = blockOf(type);
  if (!isRecord(step) || block === undefined) return [wrongTag(place, type, BLOCK_TYPES)];
  const below = [...place, String(type)];
  const problems: SyntaxProblem[] = [];
  if (step.name === undefined) problems.push(missing([...below, "name"]));
  else if (typeof step.name !== "string") {
    problems.push({
      place: [...below, "name"],
      type: "string_type",
      message: "Input should be a valid string",
    });
  }
  for (const [name, property] of Object.entries(block.properties)) {
    const value = givenValue(step, name, property);
    if (value === undefined) {
      if (property.fallback === undefined) problems.push(missing([...below, name]));
      continue;
    }
    for (const problem of propertyProblems(property, value)) {
      const indexed = property.literal === "operations" && Array.isArray(value) ? ["0"] : [];
      problems.push({ ...problem, place: [...below, name, ...indexed, ...problem.place] });
    }
  }
  return problems;
}

const INPUT_TYPES = [
  "WorkflowImage",
  "InferenceImage",
  "WorkflowVideoMetadata",
  "WorkflowParameter",
  "InferenceParameter",
  "WorkflowBatchInput",
] as const;

const IMAGE_TYPES: ReadonlySet<unknown> = new Set(["WorkflowImage", "InferenceImage"]);
const PARAMETER_TYPES: ReadonlySet<unknown> = new Set(["WorkflowParameter", "InferenceParameter"]);

function inputProblems(input: unknown, index: number): SyntaxProblem[] {
  const place = ["inputs", index];
  const type = isRecord(input) ? input.type : undefined;
  const isKnown = INPUT_TYPES.some((name) => name === type);
  if (!isRecord(input) || !isKnown) return [wrongTag(place, type, INPUT_TYPES)];
  return typeof input.name === "string" ? [] : [missing([...place, String(type), "name"])];
}

function outputProblems(output: unknown, index: number): SyntaxProblem[] {
  const fields = isRecord(output) ? output : {};
  return ["type", "name", "selector"]
    .filter((name) => typeof fields[name] !== "string")
    .map((name) => missing(["outputs", index, name]));
}

const SECTIONS = { inputs: inputProblems, steps: stepProblems, outputs: outputProblems } as const;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function syntaxProblems(specification: JsonRecord): SyntaxProblem[] {
  const version = specification.version === undefined ? [missing(["version"])] : [];
  const sections = Object.entries(SECTIONS).flatMap(([name, check]) => {
    const value = specification[name];
    if (value === undefined) return [missing([name])];
    if (Array.isArray(value)) return value.flatMap((item: unknown, index) => check(item, index));
    return [{ place: [name], type: "list_type", message: "Input should be a valid list" }];
  });
  return [...version, ...sections];
}

/** One entry per property of a step that has a problem; its first problem is the one that is named. */
function blocksErrors(problems: readonly SyntaxProblem[], steps: readonly unknown[]): BlockError[] {
  const errors = new Map<string, BlockError>();
  for (const { place, message } of problems) {
    const [section, index, , property] = place;
    if (section !== "steps" || typeof index !== "number") continue;
    const step = steps[index];
    const [name, type] = isRecord(step) ? [step.name, step.type] : [];
    const blockId = typeof name === "string" ? name : null;
    const propertyName = property === undefined ? null : String(property);
    const key = `${blockId}${propertyName}`;
    if (errors.has(key)) continue;
    errors.set(key, {
      block_id: blockId,
      block_type: typeof type === "string" ? type : null,
      property_name: propertyName,
      property_details: message,
    });
  }
  return [...errors.values()];
}

function refuseDuplicates(items: readonly { readonly name: string }[], what: string): void {
  if (new Set(items.map(({ name }) => name)).size === items.length) return;
  refuseWorkflow({
    message: `Found duplicated input ${what} names`,
    errorType: "DuplicatedNameError",
    context: "workflow_compilation | specification_validation",
  });
}

const VERSION = /^\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?\s*$/;
const ENGINE_CONTEXT = "workflow_compilation | engine_initialisation";

function refuseVersion(version: unknown, details: string, innerType: string): never {
  const message =
    `Workflow definition contains \`version\` defined as \`${version}\` which cannot be parsed as valid ` +
    `version definition. Error details: ${details}`;
  return refuseWorkflow({
    message,
    errorType: "WorkflowDefinitionError",
    context: ENGINE_CONTEXT,
    innerType,
    innerMessage: details,
  });
}

/** The specification must ask for an engine of the same major version and not for a newer one. */
function checkEngineVersion(version: unknown): void {
  if (version === undefined || version === null || version === "") return;
  if (typeof version !== "string") {
    const details = `expected string or bytes-like object, got '${Number.isInteger(version) ? "int" : typeof version}'`;
    refuseVersion(version, details, "TypeError");
  }
  const parts = VERSION.exec(version);
  if (parts === null) refuseVersion(version, `Invalid version: '${version}'`, "InvalidVersion");
  const wanted = [1, 2, 3].map((part) => Number(parts[part] ?? 0));
  const engine = ENGINE_VERSION.split(".").map(Number);
  const difference = wanted.map((part, index) => part - (engine[index] ?? 0)).find((part) => part !== 0) ?? 0;
  if (wanted[0] === engine[0] && difference <= 0) return;
  refuseWorkflow({
    message:
      `Workflow definition requested Execution Engine in version: \`<${(wanted[0] ?? 0) + 1}.0.0,>=${version}\` which ` +
      `cannot be found in existing setup. Available Execution Engines versions: \`[<Version('${ENGINE_VERSION}')>]\`.`,
    errorType: "NotSupportedExecutionEngineError",
    context: ENGINE_CONTEXT,
  });
}

function kindsOf(input: JsonRecord): readonly string[] {
  const given = listOf(input.kind).flatMap((kind) => {
    const name = isRecord(kind) ? kind.name : kind;
    return typeof name === "string" ? [name] : [];
  });
  if (given.length > 0) return given;
  return IMAGE_TYPES.has(input.type) ? ["image"] : ["*"];
}

/** Inputs that pass pictures or parameters; the sandbox has no others. */
function inputOf(input: JsonRecord): InputDefinition {
  const type = String(input.type);
  if (!IMAGE_TYPES.has(type) && !PARAMETER_TYPES.has(type)) {
    refuseWorkflow({
      status: 501,
      message: `The sandbox has no inputs of type ${type}. Use a real server for them.`,
      errorType: "SandboxLimit",
      context: "workflow_compilation | workflow_definition_parsing",
    });
  }
  const fallback = input.default_value ?? null;
  return { name: String(input.name), type, isImage: IMAGE_TYPES.has(type), kinds: kindsOf(input), fallback };
}

function stepOf(step: JsonRecord, block: Block): StepDefinition {
  const values = Object.entries(block.properties).map(([name, property]) => {
    const value = givenValue(step, name, property);
    return [name, value === undefined ? property.fallback : value];
  });
  return { name: String(step.name), type: String(step.type), block, values: Object.fromEntries(values) };
}

/** Reads a specification; answers 400 as the server does where it is not one. */
export function parseWorkflow(specification: JsonRecord): WorkflowDefinition {
  checkEngineVersion(specification.version);
  const problems = syntaxProblems(specification);
  if (problems.length > 0) {
    refuseBlocks(
      {
        message: "Could not parse workflow definition. Details provided in inner error.",
        errorType: "WorkflowSyntaxError",
        context: "workflow_compilation | workflow_definition_parsing",
        innerType: "ValidationError",
        innerMessage: problemText(problems, "WorkflowSpecificationV1"),
      },
      blocksErrors(problems, listOf(specification.steps)),
    );
  }
  const inputs = listOf(specification.inputs).filter(isRecord).map(inputOf);
  const steps = listOf(specification.steps)
    .filter(isRecord)
    .flatMap((step) => {
      const block = blockOf(step.type);
      return block === undefined ? [] : [stepOf(step, block)];
    });
  const outputs = listOf(specification.outputs)
    .filter(isRecord)
    .map(({ name, selector, coordinates_system: system }) => ({
      name: String(name),
      selector: String(selector),
      inParent: system === "parent",
    }));
  refuseDuplicates(inputs, "parameter");
  refuseDuplicates(steps, "steps");
  refuseDuplicates(outputs, "outputs");
  return { inputs, steps, outputs };
}

/** A property of a step that points somewhere. */
export interface Reference {
  readonly property: string;
  readonly selector: string;
  /** Kinds that may be pointed to. */
  readonly kinds: readonly string[];
}

/** Everything that a step points to, in the order of its properties. */
export function referencesOf(step: StepDefinition): readonly Reference[] {
  return Object.entries(step.block.properties).flatMap(([property, { kinds, form }]) => {
    const value = step.values[property];
    const found = form === "selectors" && isRecord(value) ? Object.values(value) : [value];
    if (kinds.length === 0) return [];
    return found.filter(isSelector).map((selector) => ({ property, selector, kinds }));
  });
}
