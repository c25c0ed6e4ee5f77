import { InvalidResponseError, wrongShape } from "@inference-ts/errors";
import { decodeWorkflowImage } from "./decode-workflow-image.ts";
import type { ProfilerEvent } from "./profiler-trace.ts";
import {
  type Base64WorkflowImage,
  isWorkflowImage,
  type OutputImageForm,
  type WorkflowImage,
} from "./workflow-image.ts";

/** The forms that need nothing of the runtime. */
type PlainForm = Exclude<OutputImageForm, "sharp">;

/** The outputs of one element of the batch by their names: pictures decoded, everything else the JSON of the wire. */
export type WorkflowOutput = Readonly<Record<string, unknown>>;

/** What blocks with Python code have printed, by the name of the step: one entry per execution. */
export type PythonBlockStreams = Readonly<
  Record<string, readonly { readonly stdout?: string | null; readonly stderr?: string | null }[]>
>;

/** The answer of a run. Other fields that the server sends are kept. */
export interface WorkflowResult<Output extends object = WorkflowOutput> {
  /** One object per element of the batch, in the order of the input; without a batch one object. */
  readonly outputs: readonly Output[];
  /** What was done when, where profiling was asked for and the server has it switched on; else empty. */
  readonly profiler_trace: readonly ProfilerEvent[];
  /** With `debug`. */
  readonly python_blocks_output_streams?: PythonBlockStreams;
  /** With `debug`. */
  readonly python_blocks_debug_traces?: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** Far deeper than any output; a deeper answer would end in a stack overflow. */
const DEEPEST_VALUE = 200;

/**
 * Checks the answer of a run and decodes its pictures. Nested lists, nulls and everything that is no picture stay as they are.
 *
 * @throws InvalidResponseError when the answer is not that of a run, EncodingError for a broken picture; both name the place.
 */
export function decodeRun(body: unknown, form: PlainForm): WorkflowResult {
  if (!isRecord(body)) refuse("", "an object", body);
  const { outputs, profiler_trace: trace } = body;
  if (!Array.isArray(outputs)) refuse("outputs", "a list", outputs);
  return {
    ...body,
    outputs: outputs.map((output: unknown, index) => {
      const path = `outputs[${index}]`;
      if (!isRecord(output)) refuse(path, "an object", output);
      return decodeRecord(output, form, path, 0);
    }),
    profiler_trace: readTrace(trace),
  };
}

/** The outputs of a decoded run with something else in place of its pictures, which are in the form `"bytes"`. */
export function replacePictures(
  outputs: readonly WorkflowOutput[],
  replace: (picture: WorkflowImage) => object,
): readonly WorkflowOutput[] {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    if (isWorkflowImage(value)) return replace(value);
    return isRecord(value) && !(value instanceof Uint8Array) ? replaced(value) : value;
  };
  const replaced = (record: WorkflowOutput): WorkflowOutput =>
    Object.fromEntries(Object.entries(record).map(([name, item]) => [name, inside(item)]));
  return outputs.map(replaced);
}

function readTrace(trace: unknown): readonly ProfilerEvent[] {
  if (trace === undefined || trace === null) return [];
  if (!Array.isArray(trace)) refuse("profiler_trace", "a list", trace);
  return trace.map((event: unknown, index) => {
    if (!isRecord(event)) refuse(`profiler_trace[${index}]`, "an object", event);
    return event;
  });
}

function decodeValue(value: unknown, form: PlainForm, path: string, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST_VALUE) {
    throw new InvalidResponseError(`The server's answer is nested more than ${DEEPEST_VALUE} levels deep.`, {
      path: path.slice(0, 200),
    });
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => decodeValue(item, form, `${path}[${index}]`, depth + 1));
  }
  if (isPicture(value)) return form === "base64" ? value : decodeWorkflowImage(value, form, path);
  return isRecord(value) ? decodeRecord(value, form, path, depth + 1) : value;
}

function decodeRecord(
  value: Readonly<Record<string, unknown>>,
  form: PlainForm,
  path: string,
  depth: number,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, decodeValue(item, form, `${path}.${name}`, depth)]),
  );
}

/** How the server marks pictures: `{ type: "base64", value }` (seen of server 1.8.3). */
function isPicture(value: object): value is Base64WorkflowImage {
  return "type" in value && value.type === "base64" && "value" in value && typeof value.value === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(path: string, expected: string, found: unknown): never {
  throw wrongShape(path, expected, found, {
    claim: "The server's answer is not that of a workflow",
    hint: "Is the API URL that of a Roboflow Inference server?",
  });
}
