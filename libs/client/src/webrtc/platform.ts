import { platformModelStat, platformTurnServers } from "@inference-ts/endpoints";
import { HTTPCallError, InvalidParameterError, InvalidResponseError } from "@inference-ts/errors";
import { checkStreamedTask, readTurnAnswer, type WireIceServer } from "@inference-ts/webrtc";
import { CallScope, type RequestSettings } from "../call/call-scope.ts";
import type { CallOptions } from "../client-options.ts";

/** The platform of accounts that say nothing else. */
const DEFAULT_PLATFORM = "https://api.roboflow.com";
/** As the Python client: the session starts without TURN rather than late. */
const TURN_TIMEOUT_MS = 5_000;
const LOOKUP_TIMEOUT_MS = 10_000;

/** The TURN servers of the account. */
export async function requestTurnServers(
  scope: CallScope,
  platformUrl: string,
  signal: AbortSignal,
): Promise<readonly WireIceServer[]> {
  const { apiKey } = scope.core;
  const inHeader = scope.state.configuration.apiKeyTransport === "header";
  const { data } = await platformTurnServers(
    platformUrl,
    apiKey === null || inHeader ? {} : { api_key: apiKey },
    withoutOwnHeaders(scope, {}).send({
      operation: "GET /webrtc_turn_config",
      signal,
      timeoutMs: TURN_TIMEOUT_MS,
      retry: { maxAttempts: 1 },
      replay: "always",
      key: keyInHeader(inHeader && apiKey !== null),
    }),
  );
  return readTurnAnswer(data);
}

/**
 * The task of a model, as the platform knows it.
 *
 * @throws InvalidParameterError for a task that cannot be streamed by model id; InvalidResponseError and the errors of a request.
 */
export async function requestTask(
  scope: CallScope,
  modelId: string,
  platformUrl: string = DEFAULT_PLATFORM,
  options: CallOptions = {},
): Promise<string> {
  const about = `model ${modelId}`;
  const settings: RequestSettings = {
    operation: "GET /models/v1/external/stat",
    about,
    signal: scope.signal,
    timeoutMs: scope.timeoutMs(LOOKUP_TIMEOUT_MS),
    replay: "always",
    key: keyInHeader(scope.core.apiKey !== null),
  };
  const task = await withWayOut(modelId, async () => {
    const { data } = await platformModelStat(
      platformUrl,
      modelId,
      withoutOwnHeaders(scope, options).send(settings),
    );
    return taskIn(data, modelId);
  });
  checkStreamedTask(modelId, task);
  return task;
}

/** The headers of the client are meant for its server, which may be somebody else's than the platform. */
function withoutOwnHeaders({ core, state, signal }: CallScope, options: CallOptions): CallScope {
  return new CallScope({ ...core, headers: {} }, state, { ...options, headers: {}, signal }, false);
}

function keyInHeader(header: boolean): RequestSettings["key"] {
  return { header, query: false, body: false };
}

function taskIn(stat: unknown, modelId: string): string {
  const metadata = isRecord(stat) ? stat.modelMetadata : undefined;
  const task = isRecord(metadata) ? metadata.taskType : undefined;
  if (typeof task === "string" && task !== "") return task;
  throw new InvalidResponseError(`The platform tells no task of model "${modelId}".`, {
    path: "modelMetadata.taskType",
    hint: "Pass taskType.",
  });
}

/** A model that the platform does not know, or a platform that cannot be reached: the caller can name the task. */
async function withWayOut<T>(modelId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof HTTPCallError) || cause.status !== 404) throw cause;
    throw new InvalidParameterError(
      `The platform does not know model "${modelId}", or the key has no access to it.`,
      { cause, hint: "Check id and key; for a model that only the server knows pass taskType." },
    );
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
