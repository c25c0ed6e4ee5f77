import type { BlockProperty } from "./blocks/block.ts";
import { BLOCK_TYPES, blockOf } from "./blocks/blocks.ts";
import { isRecord, type JsonRecord } from "./definition.ts";
import { type BlockError, refuseBlocks } from "./failures.ts";
import { LITERALS, type LiteralProblem, selectorProblems } from "./literals.ts";

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

/** The value of a property under its name or its other name. */
export const givenValue = (step: JsonRecord, name: string, property: BlockProperty): unknown =>
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

/** The types that an input can have. */
export const INPUT_TYPES = [
  "WorkflowImage",
  "InferenceImage",
  "WorkflowVideoMetadata",
  "WorkflowParameter",
  "InferenceParameter",
  "WorkflowBatchInput",
] as const;

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

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

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

function refuseProblems(problems: readonly SyntaxProblem[], steps: readonly unknown[]): void {
  if (problems.length === 0) return;
  refuseBlocks(
    {
      message: "Could not parse workflow definition. Details provided in inner error.",
      errorType: "WorkflowSyntaxError",
      context: "workflow_compilation | workflow_definition_parsing",
      innerType: "ValidationError",
      innerMessage: problemText(problems, "WorkflowSpecificationV1"),
    },
    blocksErrors(problems, steps),
  );
}

/** Answers 400 as the server does where a specification has not the form of one. */
export function checkSpecification(specification: JsonRecord): void {
  refuseProblems(syntaxProblems(specification), listOf(specification.steps));
}

/** The same for one step by itself. */
export function checkStep(step: JsonRecord): void {
  refuseProblems(stepProblems(step, 0), [step]);
}
