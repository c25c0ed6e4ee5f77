import type { Answer } from "@inference-ts/transport";

/** How long a model took to load, as the server reports it on a cold start. */
export interface ModelLoad {
  readonly modelId: string;
  readonly durationMs: number;
}

/** What is known about one request, from the answer's headers (section 1.9 of the server contract). */
export interface RequestMeta {
  readonly status: number;
  /** `x-request-id`: the id to give to support. Browsers cannot see it on other origins. */
  readonly requestId: string | undefined;
  /** Attempts made, 1 or more. */
  readonly attempts: number;
  /** From the first attempt to the last byte, waiting between attempts included. */
  readonly durationMs: number;
  /** Ids of the models that the request used. */
  readonly modelIds: readonly string[];
  /** True when a model had to be loaded for the request; `undefined` when the server does not say. */
  readonly coldStart: boolean | undefined;
  readonly coldStartCount: number | undefined;
  readonly modelLoads: readonly ModelLoad[];
  /** Time spent on the server; hosted servers only. */
  readonly processingTimeMs: number | undefined;
  /** Which backend answered, such as `inference-models`. */
  readonly engine: string | undefined;
  readonly workspaceId: string | undefined;
  readonly executionId: string | undefined;
}

/** What is known about a call, which may be several requests. */
export interface CallMeta {
  /** The requests in the order of their answers; a first v1 call includes those of the model registry. */
  readonly requests: readonly RequestMeta[];
  /** Id of the last request. */
  readonly requestId: string | undefined;
  /** Attempts of all requests together. */
  readonly attempts: number;
  /** From call to result. */
  readonly durationMs: number;
  readonly modelIds: readonly string[];
  readonly coldStart: boolean | undefined;
  /** Sum over the requests whose server said so. */
  readonly processingTimeMs: number | undefined;
}

/** Reads the metadata of one answer. Malformed headers count as absent. */
export function requestMeta(answer: Answer): RequestMeta {
  const header = (name: string) => answer.header(name) ?? undefined;
  const coldStart = header("x-model-cold-start");
  return {
    status: answer.status,
    requestId: header("x-request-id"),
    attempts: answer.attempts,
    durationMs: answer.durationMs,
    modelIds: listOf(header("x-model-id")),
    coldStart: coldStart === undefined ? undefined : coldStart === "true",
    coldStartCount: numberOf(header("x-model-cold-start-count")),
    modelLoads: modelLoadsOf(header("x-model-load-details")),
    processingTimeMs: secondsOf(header("x-processing-time")),
    engine: header("x-inference-engine"),
    workspaceId: header("x-workspace-id"),
    executionId: header("execution_id"),
  };
}

/** Sums up the requests of a call. */
export function callMeta(requests: readonly RequestMeta[], durationMs: number): CallMeta {
  const cold = requests.map((request) => request.coldStart).filter((value) => value !== undefined);
  const times = requests.map((request) => request.processingTimeMs).filter((value) => value !== undefined);
  return {
    requests,
    requestId: requests.at(-1)?.requestId,
    attempts: requests.reduce((sum, request) => sum + request.attempts, 0),
    durationMs,
    modelIds: [...new Set(requests.flatMap((request) => request.modelIds))],
    coldStart: cold.length === 0 ? undefined : cold.includes(true),
    processingTimeMs: times.length === 0 ? undefined : times.reduce((sum, time) => sum + time, 0),
  };
}

function listOf(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function secondsOf(text: string | undefined): number | undefined {
  const seconds = numberOf(text);
  return seconds === undefined ? undefined : seconds * 1000;
}

/** `[{"m": model id, "t": seconds}, ...]` */
function modelLoadsOf(text: string | undefined): readonly ModelLoad[] {
  if (text === undefined) return [];
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("m" in entry) || !("t" in entry)) return [];
    const { m, t } = entry;
    return typeof m === "string" && typeof t === "number" ? [{ modelId: m, durationMs: t * 1000 }] : [];
  });
}
