import { type Exchange, jsonAnswer, Refusal, refuse } from "../exchange.ts";
import { bodyKey, checkModelKey, headerKey, refuseUnknownModel } from "../keys.ts";
import type { SandboxState } from "../route.ts";
import {
  booleanOf,
  type FieldKind,
  jsonObject,
  missingField,
  numberOf,
  type Problem,
  problemsOf,
  refuseInvalid,
} from "../validation.ts";
import { isRecord, type JsonRecord } from "../workflows/definition.ts";
import { type CompiledWorkflow, compileWorkflow } from "../workflows/order.ts";
import { parseWorkflow } from "../workflows/parse.ts";
import { refuseMissingKey } from "../workflows/request.ts";
import { savedWorkflow } from "../workflows/saved.ts";

/** A request for a live video worker after its form was checked. */
export interface WorkerRequest {
  readonly workflow: CompiledWorkflow;
  /** Name of the input that gets the frames. */
  readonly imageInput: string;
  readonly parameters: JsonRecord;
  readonly key: string | null;
  readonly offer: { readonly type: string; readonly sdp: string };
  /** Frames that come while one is worked on are left out. */
  readonly isRealtime: boolean;
  /** Is a picture sent back for every frame. */
  readonly sendsVideo: boolean;
  /** Output of the pictures; null: the first one that is a picture. */
  readonly streamOutput: string | null;
  readonly dataOutput: readonly string[];
  readonly declaredFps: number | null;
  /** In seconds. */
  readonly processingTimeoutS: number | null;
  /** A camera that the server itself would read. */
  readonly camera: "rtsp" | "mjpeg" | null;
}

/** `WEBRTC_MODAL_FUNCTION_TIME_LIMIT` of the real server, in seconds. */
const DEFAULT_TIMEOUT_S = 3_600;

const BEFORE_OUTPUTS: Readonly<Record<string, FieldKind>> = {
  is_preview: "boolean",
  webrtc_realtime_processing: "boolean",
  stream_output: "texts",
  data_output: "texts",
  declared_fps: "number",
  rtsp_url: "text",
  mjpeg_url: "text",
  processing_timeout: "integer",
  requested_plan: "text",
  requested_gpu: "text",
  requested_region: "text",
  workspace_id: "text",
  session_id: "text",
};

const NOT_NULLABLE: ReadonlySet<string> = new Set(["is_preview", "webrtc_realtime_processing"]);
const NULLABLE: ReadonlySet<string> = new Set(
  Object.keys(BEFORE_OUTPUTS).filter((name) => !NOT_NULLABLE.has(name)),
);

const dictionary = (loc: readonly (string | number)[], value: unknown, orObject: boolean): Problem => ({
  type: orObject ? "model_attributes_type" : "dict_type",
  loc,
  msg: `Input should be a valid dictionary${orObject ? " or object to extract fields from" : ""}`,
  input: value,
});

const missingAt = (loc: readonly (string | number)[], input: unknown): Problem => ({
  ...missingField("", input),
  loc,
});

const textProblem = (loc: readonly (string | number)[], input: unknown): Problem => ({
  type: "string_type",
  loc,
  msg: "Input should be a valid string",
  input,
});

function configurationProblems(body: JsonRecord): Problem[] {
  const place = ["body", "workflow_configuration"];
  if (!("workflow_configuration" in body)) return [missingField("workflow_configuration", body)];
  const given = body.workflow_configuration;
  if (!isRecord(given)) return [dictionary(place, given, true)];
  const problems: Problem[] = [];
  if (!("type" in given)) problems.push(missingAt([...place, "type"], given));
  else if (given.type !== "WorkflowConfiguration") {
    const expected = "'WorkflowConfiguration'";
    const msg = `Input should be ${expected}`;
    problems.push({
      type: "literal_error",
      loc: [...place, "type"],
      msg,
      input: given.type,
      ctx: { expected },
    });
  }
  const dictionaryAt = (name: string): void => {
    const value = given[name];
    if (value === undefined || value === null || isRecord(value)) return;
    problems.push(dictionary([...place, name], value, false));
  };
  const textAt = (name: string, nullable: boolean): void => {
    const value = given[name];
    if (value === undefined || typeof value === "string" || (nullable && value === null)) return;
    problems.push(textProblem([...place, name], value));
  };
  dictionaryAt("workflow_specification");
  for (const name of ["workspace_name", "workflow_id", "workflow_version_id"]) textAt(name, true);
  textAt("image_input_name", false);
  dictionaryAt("workflows_parameters");
  return problems;
}

function offerProblems(body: JsonRecord): Problem[] {
  const place = ["body", "webrtc_offer"];
  if (!("webrtc_offer" in body)) return [missingField("webrtc_offer", body)];
  const given = body.webrtc_offer;
  if (!isRecord(given)) return [dictionary(place, given, true)];
  return ["type", "sdp"].flatMap((name) => {
    if (!(name in given)) return [missingAt([...place, name], given)];
    return typeof given[name] === "string" ? [] : [textProblem([...place, name], given[name])];
  });
}

function configuration(text: string): never {
  throw new Refusal(jsonAnswer({ message: text, error_type: "WebRTCConfigurationError" }, 400));
}

/** Answers as the server does for whatever goes wrong in the worker's process. */
export const refuseInternal = (): never => refuse(500, "Internal error.");

/** Python's way to write a list of texts. */
const pythonList = (names: readonly unknown[]): string => `[${names.map((name) => `'${name}'`).join(", ")}]`;

function checkOutputs(
  specification: JsonRecord,
  streamOutput: string | null,
  dataOutput: readonly string[],
): void {
  const outputs: readonly unknown[] = Array.isArray(specification.outputs) ? specification.outputs : [];
  const names = outputs.map((output) => (isRecord(output) ? output.name : null));
  const available = `Available workflow outputs: ${pythonList(names)}`;
  const unknown = isEverything(dataOutput) ? [] : dataOutput.filter((name) => !names.includes(name));
  if (unknown.length > 0) configuration(`Invalid data_output fields: ${pythonList(unknown)}. ${available}`);
  if (streamOutput !== null && !names.includes(streamOutput)) {
    configuration(`Invalid stream_output field: '${streamOutput}'. ${available}`);
  }
}

/** Asks for every output that is no picture. */
export const isEverything = (names: readonly string[]): boolean => names.length === 1 && names[0] === "*";

/** The specification: given, or saved under the names that are given. */
function specificationOf(given: JsonRecord, key: string | null, requiredKey: string | null): JsonRecord {
  if (isRecord(given.workflow_specification)) return given.workflow_specification;
  const { workspace_name: workspace, workflow_id: id } = given;
  if (typeof workspace !== "string" || typeof id !== "string") return refuseInternal();
  if (key === null) return refuseMissingKey();
  checkModelKey(key, requiredKey);
  return savedWorkflow(workspace, id) ?? refuseUnknownModel();
}

/** The workflow, ready to run. What is wrong with it after it was read ends as an error of another class on the server. */
function compiled(specification: JsonRecord): CompiledWorkflow {
  const failure = (error: unknown): never => {
    if (!(error instanceof Refusal)) throw error;
    const body: unknown = JSON.parse(Buffer.from(error.answer.body).toString());
    if (!isRecord(body) || body.error_type === "WorkflowSyntaxError") throw error;
    const fields = {
      message: body.message,
      error_type: "WorkflowError",
      context: null,
      inner_error_type: null,
      inner_error_message: "None",
      python_blocks_output_streams: null,
      python_blocks_debug_traces: null,
    };
    throw new Refusal(jsonAnswer(fields, 500));
  };
  try {
    return compileWorkflow(parseWorkflow(specification));
  } catch (error) {
    return failure(error);
  }
}

const textsOf = (value: unknown): readonly string[] | null =>
  Array.isArray(value) ? value.filter((name) => typeof name === "string" && name !== "") : null;

/** Reads a request; refuses as the server does. */
export function readWorkerRequest(exchange: Exchange, state: SandboxState): WorkerRequest {
  const body = jsonObject(exchange);
  const problems = [
    ...configurationProblems(body),
    ...offerProblems(body),
    ...problemsOf(BEFORE_OUTPUTS, (name) => body[name], "body", NULLABLE),
  ];
  if (problems.length > 0) refuseInvalid(problems);
  const given = isRecord(body.workflow_configuration) ? body.workflow_configuration : {};
  const offer = isRecord(body.webrtc_offer) ? body.webrtc_offer : {};
  const key = headerKey(exchange) ?? bodyKey(body);
  const streamOutputs = textsOf(body.stream_output);
  const [streamOutput = null] = streamOutputs ?? [];
  const dataOutput = textsOf(body.data_output) ?? [];
  if (isRecord(given.workflow_specification)) {
    checkOutputs(given.workflow_specification, streamOutput, dataOutput);
  }
  const specification = specificationOf(given, key, state.registry.requiredKey);
  const { declared_fps: fps, processing_timeout: timeout } = body;
  return {
    workflow: compiled(specification),
    imageInput: typeof given.image_input_name === "string" ? given.image_input_name : "image",
    parameters: isRecord(given.workflows_parameters) ? given.workflows_parameters : {},
    key,
    offer: { type: String(offer.type), sdp: String(offer.sdp) },
    isRealtime: booleanOf(body.webrtc_realtime_processing, true),
    sendsVideo: streamOutputs === null || streamOutputs.length > 0,
    streamOutput,
    dataOutput,
    declaredFps: fps === undefined || fps === null ? null : numberOf(fps, 0),
    processingTimeoutS: timeout === null ? null : numberOf(timeout, DEFAULT_TIMEOUT_S),
    camera: cameraOf(body),
  };
}

function cameraOf(body: JsonRecord): "rtsp" | "mjpeg" | null {
  if (typeof body.rtsp_url === "string" && body.rtsp_url !== "") return "rtsp";
  return typeof body.mjpeg_url === "string" && body.mjpeg_url !== "" ? "mjpeg" : null;
}
