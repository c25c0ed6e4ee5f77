import type { Answer } from "@inference-ts/transport";
import type { AnsweredRequest, MetaHeaders, RequestedModel } from "./answered-request.ts";

/** How long a model took to load, as the server reports it on a cold start. */
export interface ModelLoad {
  readonly modelId: string;
  readonly durationMs: number;
}

/** What is known about one request, from the answer's headers as server 1.8.3 writes them. */
export interface RequestMeta {
  readonly status: number;
  /** `x-request-id`: the id to give to support. Browsers cannot see it on other origins. */
  readonly requestId: string | undefined;
  /** Attempts made, 1 or more. */
  readonly attempts: number;
  /** From the first attempt to the last byte, waiting between attempts included. */
  readonly durationMs: number;
  /** The model that the request asked for; `undefined` where it asked for none. */
  readonly requestedModelId: string | undefined;
  /** Ids of the models that the request used. */
  readonly modelIds: readonly string[];
  /** True when a model had to be loaded for the request; `undefined` when the server does not say. */
  readonly coldStart: boolean | undefined;
  /** How many models were loaded; 0 without a cold start, `undefined` when the server does not say. */
  readonly coldStartCount: number | undefined;
  /** Which model took how long to load. A load that names no model is given to the only model that the request used. */
  readonly modelLoads: readonly ModelLoad[];
  /** Time of all loads together, also of those that name no model; 0 without a cold start. */
  readonly modelLoadMs: number | undefined;
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
export function requestMeta(
  answer: Omit<Answer, "body">,
  names: MetaHeaders,
  requested: RequestedModel = { modelId: undefined, inBody: false },
): RequestMeta {
  const header = (name: string) => answer.header(name) ?? undefined;
  const named = listOf(header("x-model-id"));
  const { modelId, inBody } = requested;
  const modelIds = named.length === 0 && inBody && modelId !== undefined ? [modelId] : named;
  const coldStart = coldStartOf(header, modelIds);
  return {
    status: answer.status,
    requestId: header("x-request-id"),
    attempts: answer.attempts,
    durationMs: answer.durationMs,
    requestedModelId: modelId,
    // Details may name models that no other header does.
    modelIds: [...new Set([...modelIds, ...coldStart.modelLoads.map((load) => load.modelId)])],
    ...coldStart,
    processingTimeMs: secondsOf(header(names.processingTimeHeader)),
    engine: header("x-inference-engine"),
    workspaceId: header("x-workspace-id"),
    executionId: header(names.executionIdHeader),
  };
}

/**
 * What the headers say of models that were loaded for a request. Without details, the time is given to the only model that is
 * known; with several, whose time it was cannot be told. The Python client 1.8.3 reads these headers in the same way.
 */
function coldStartOf(
  header: (name: string) => string | undefined,
  modelIds: readonly string[],
): Pick<RequestMeta, "coldStart" | "coldStartCount" | "modelLoads" | "modelLoadMs"> {
  const said = header("x-model-cold-start");
  if (said === undefined)
    return { coldStart: undefined, coldStartCount: undefined, modelLoads: [], modelLoadMs: undefined };
  if (said.toLowerCase() !== "true")
    return { coldStart: false, coldStartCount: 0, modelLoads: [], modelLoadMs: 0 };
  const details = loadDetailsOf(header("x-model-load-details"));
  if (details !== undefined) {
    return {
      coldStart: true,
      coldStartCount: details.length,
      modelLoads: details.flatMap(({ modelId, durationMs }) =>
        modelId === undefined ? [] : [{ modelId, durationMs }],
      ),
      modelLoadMs: details.reduce((sum, { durationMs }) => sum + durationMs, 0),
    };
  }
  const durationMs = secondsOf(header("x-model-load-time")) ?? 0;
  const [only, ...more] = modelIds;
  const count = Number(header("x-model-cold-start-count"));
  return {
    coldStart: true,
    coldStartCount: Number.isInteger(count) && count >= 1 ? count : 1,
    modelLoads: only !== undefined && more.length === 0 ? [{ modelId: only, durationMs }] : [],
    modelLoadMs: durationMs,
  };
}

/** What is known about a call, from what was kept of its requests. */
export function metaOf(answered: readonly AnsweredRequest[], durationMs: number): CallMeta {
  const requests = answered.map(({ headers, names, requested, ...facts }) =>
    requestMeta({ ...facts, header: (name) => headers[name] ?? null }, names, requested),
  );
  return callMeta(requests, durationMs);
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

/** `[{"m": model id, "t": seconds}, ...]`; `undefined` when it is anything else. */
function loadDetailsOf(
  text: string | undefined,
): readonly { readonly modelId: string | undefined; readonly durationMs: number }[] | undefined {
  let entries: unknown;
  try {
    entries = JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
  if (!Array.isArray(entries) || entries.length === 0) return undefined;
  const loads = entries.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("t" in entry)) return [];
    const { t } = entry;
    const m = "m" in entry ? entry.m : undefined;
    return typeof t === "number" && t >= 0
      ? [{ modelId: typeof m === "string" ? m : undefined, durationMs: t * 1000 }]
      : [];
  });
  return loads.length === entries.length ? loads : undefined;
}
