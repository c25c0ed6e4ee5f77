import { Refusal } from "../exchange.ts";
import { base64Picture, urlPicture } from "../picture.ts";
import { type InputDefinition, isRecord, type JsonRecord } from "./definition.ts";
import { INPUT_CONTEXT, refuseWorkflow } from "./failures.ts";
import type { CompiledWorkflow } from "./order.ts";
import { ownValue } from "./own-value.ts";
import { problemText, propertyProblems } from "./specification-problems.ts";
import { inputPicture, type PictureValue } from "./values.ts";

const refuseInput = (message: string): never =>
  refuseWorkflow({ message, errorType: "RuntimeInputError", context: INPUT_CONTEXT });

/** Names of Python's types, as the messages show them. */
function pythonType(value: unknown): string {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return Array.isArray(value) ? "list" : "str";
}

function refusePicture(name: string, type: string, reason: string): never {
  return refuseInput(
    `Failed to assemble \`${name}\`. Could not successfully use any deserializer for declared kinds. Details: \n` +
      `Kind: \`image\` - Error: Detected runtime parameter \`${name}\` defined as \`${type}\` ${reason}`,
  );
}

const DATA_PREFIX = /^data:image\/[a-z+]+;base64,/;

/** What the server answers to bytes that are no picture; it then takes the text for an array of NumPy. */
const NO_PICTURE = "NumPy image type is not supported in this configuration of `inference`.";

function messageOf(error: unknown): string {
  if (!(error instanceof Refusal)) throw error;
  const body: unknown = JSON.parse(Buffer.from(error.answer.body).toString());
  return isRecord(body) ? String(body.message) : "unknown";
}

/** A picture of an input: an object with `value` (its `type` is not looked at) or the value itself, a URL or base64. */
async function pictureOf(name: string, value: unknown): Promise<PictureValue> {
  const type = "WorkflowImage";
  if (!isRecord(value) && typeof value !== "string") {
    return refusePicture(
      name,
      type,
      `with type <class '${pythonType(value)}'> that is invalid. Workflows accept only np.arrays, \`WorkflowImageData\` ` +
        "and dicts with keys `type` and `value` compatible with `inference` (or list of them).",
    );
  }
  const content = isRecord(value) ? value.value : value;
  const invalid = (details: string) =>
    refusePicture(name, type, `that is invalid. Failed on input validation. Details: ${details}`);
  if (content === undefined) return invalid("'value'");
  if (typeof content !== "string") return invalid(NO_PICTURE);
  try {
    if (/^https?:\/\//.test(content)) return inputPicture(name, await urlPicture(content, true), null);
    const pixels = await base64Picture(Buffer.from(content), true);
    return inputPicture(name, pixels, content.replace(DATA_PREFIX, ""));
  } catch (error) {
    const message = messageOf(error);
    if (!/^https?:\/\//.test(content)) return invalid(NO_PICTURE);
    return invalid(`Could not load image from url: ${content}. Details: ${message}`);
  }
}

/** What is known of a frame, with everything that may be left out. */
function videoMetadataOf(name: string, value: unknown): object {
  const about = (reason: string) =>
    refuseInput(
      `Failed to assemble \`${name}\`. Could not successfully use any deserializer for declared kinds. Details: \n` +
        `Kind: \`video_metadata\` - Error: Detected runtime parameter \`${name}\` holding \`WorkflowVideoMetadata\`, but ` +
        `provided value is ${reason}`,
    );
  if (!isRecord(value)) return about("not a dict.");
  const { video_identifier, frame_number, frame_timestamp, fps = 30, ...rest } = value;
  if (
    typeof video_identifier !== "string" ||
    !Number.isInteger(frame_number) ||
    typeof frame_timestamp !== "string"
  ) {
    return about("malformed. See details in inner error.");
  }
  const { measured_fps = null, comes_from_video_file = null, total_frames = null } = rest;
  return {
    ...{ video_identifier, frame_number, frame_timestamp, fps },
    ...{ measured_fps, comes_from_video_file, total_frames },
  };
}

/** One element of a batch, as the steps get it. Kinds other than pictures and metadata are not checked. */
async function elementOf(input: InputDefinition, name: string, value: unknown): Promise<unknown> {
  if (input.isImage) return await pictureOf(name, value);
  return input.type === "WorkflowVideoMetadata" ? videoMetadataOf(name, value) : value;
}

/** Ends the request where an input of the batch is not given. */
export function refuseMissingPicture(input: InputDefinition): never {
  const kinds = input.kinds.map((kind) => `'${kind}'`).join(", ");
  return refuseInput(
    `Detected runtime parameter \`${input.name}\` defined as \`${input.type}\` (of kind \`[${kinds}]\`), but value is ` +
      "not provided.",
  );
}

/** One value per element of the batch; `null` for an element that the caller left out. */
async function elements(
  input: InputDefinition,
  value: unknown,
  batchSize: number,
): Promise<readonly unknown[]> {
  if (value === undefined || value === null) return refuseMissingPicture(input);
  if (!Array.isArray(value)) {
    const only = await elementOf(input, input.name, value);
    return new Array<unknown>(batchSize).fill(only);
  }
  const found: unknown[] = [];
  for (const [index, item] of value.entries()) {
    found.push(item === null ? null : await elementOf(input, `${input.name}.[${index}]`, item));
  }
  if (found.length === 1) return new Array<unknown>(batchSize).fill(found[0]);
  if (found.length !== batchSize) {
    refuseInput(
      "Expected all batch-oriented workflow inputs be the same length, or of length 1 - but parameter: " +
        `${input.name} provided with batch size ${found.length}, where expected batch size based on remaining parameters ` +
        `is: ${batchSize}.`,
    );
  }
  return found;
}

/** Checks the parameters that a request gives against the properties of the steps that read them. */
export function checkParameters(workflow: CompiledWorkflow, values: ReadonlyMap<string, unknown>): void {
  for (const step of workflow.steps) {
    for (const [name, property] of Object.entries(step.block.properties)) {
      const selector = step.values[name];
      const input = workflow.inputs.find((item) => selector === `$inputs.${item.name}` && !item.isBatch);
      if (input === undefined || property.kinds.length === 0) continue;
      const problems = propertyProblems(property, values.get(input.name));
      if (problems.length === 0) continue;
      const placed = problems.map((problem) => ({ ...problem, place: [name, ...problem.place] }));
      refuseWorkflow({
        message:
          `Provided input is incompatible with manifest of step ${step.name} regarding property ${name} provided in ` +
          `input parameter named ${input.name}. Details available in inner error object.`,
        errorType: "RuntimeInputError",
        context: INPUT_CONTEXT,
        innerType: "ValidationError",
        innerMessage: problemText(placed, "BlockManifest"),
      });
    }
  }
}

/** What the inputs of a run hold: a list for every input of the batch, the value itself for every parameter. */
export interface RunInputs {
  readonly batchSize: number;
  readonly values: ReadonlyMap<string, unknown>;
}

/** Reads the inputs of a request; what no input is declared for is left out, as on the server. */
export async function readInputs(workflow: CompiledWorkflow, given: JsonRecord): Promise<RunInputs> {
  const batch = workflow.inputs
    .filter(({ isBatch }) => isBatch)
    .map(({ name }) => ownValue(given, name))
    .find((value) => Array.isArray(value) && value.length > 1);
  const batchSize = Array.isArray(batch) ? batch.length : 1;
  const values = new Map<string, unknown>();
  for (const input of workflow.inputs) {
    const value = ownValue(given, input.name);
    if (input.isBatch) values.set(input.name, await elements(input, value, batchSize));
    else values.set(input.name, Object.hasOwn(given, input.name) ? value : input.fallback);
  }
  checkParameters(workflow, values);
  return { batchSize, values };
}
