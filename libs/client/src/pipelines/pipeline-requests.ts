import {
  commandPipeline,
  consumePipelineResult,
  listPipelines,
  type PipelineCommand,
  pipelineStatus,
  startPipeline,
} from "@inference-ts/endpoints";
import { InvalidParameterError } from "@inference-ts/errors";
import {
  type ConsumedResult,
  decodeAnswer,
  decodeConsumed,
  decodePipelineList,
  decodePipelineStatus,
  decodeStarted,
  type PipelineAnswer,
  type PipelineList,
  type PipelineSettings,
  type PipelineStatus,
  type StartedPipeline,
  startPipelineBody,
} from "@inference-ts/pipelines";
import type { Replay } from "@inference-ts/transport";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope, RequestSettings } from "../call/call-scope.ts";
import { DEFAULT_LOADING_TIMEOUT_MS } from "../client-options.ts";
import { type KeyPlacement, placeKey } from "../keys/key-placement.ts";
import { isPathPart } from "../models/model-id.ts";
import { pipelineError } from "./pipeline-error.ts";

/** Starts a pipeline. Never sent a second time once it may have arrived: that would start two. */
export async function requestPipelineStart(
  scope: CallScope,
  settings: PipelineSettings,
): Promise<StartedPipeline> {
  const body = startPipelineBody(settings);
  const key = bodyKey(scope);
  const { data } = await startPipeline(
    endpointsOf(scope.core),
    { ...scope.keyField(key.body), ...body },
    scope.send({
      ...requestSettings(scope, "POST /inference_pipelines/initialise", key, "before-sent"),
      // The server answers when the workflow is compiled and its models are loaded.
      timeoutMs: scope.timeoutMs(DEFAULT_LOADING_TIMEOUT_MS),
    }),
  );
  return decodeStarted(data);
}

/** Asks which pipelines there are. */
export async function requestPipelineList(scope: CallScope): Promise<PipelineList> {
  const key = urlKey(scope);
  const { data } = await listPipelines(
    endpointsOf(scope.core),
    scope.keyField(key.query),
    scope.send(requestSettings(scope, "GET /inference_pipelines/list", key)),
  );
  return decodePipelineList(data);
}

/** Asks a pipeline what it does. */
export async function requestPipelineStatus(scope: CallScope, pipelineId: string): Promise<PipelineStatus> {
  checkPipelineId(pipelineId);
  const key = urlKey(scope);
  const { data } = await pipelineStatus(
    endpointsOf(scope.core),
    pipelineId,
    scope.keyField(key.query),
    scope.send(ofPipeline(scope, "GET", pipelineId, "status", key)),
  );
  return decodePipelineStatus(data);
}

/** Takes the oldest result of a pipeline. */
export async function requestPipelineResult(
  scope: CallScope,
  pipelineId: string,
  excludedFields: readonly string[] = [],
): Promise<ConsumedResult> {
  checkPipelineId(pipelineId);
  if (!Array.isArray(excludedFields) || excludedFields.some((name: unknown) => typeof name !== "string")) {
    throw new InvalidParameterError("excludedFields must be a list of output names.");
  }
  // Without anything to leave out there is no need for a body, which proxies drop and fetch refuses.
  const hasBody = excludedFields.length > 0;
  const key = hasBody ? bodyKey(scope) : urlKey(scope);
  const body = { ...scope.keyField(key.body), excluded_fields: [...excludedFields] };
  const { data } = await withReasonForBody(hasBody, () =>
    consumePipelineResult(
      endpointsOf(scope.core),
      pipelineId,
      scope.keyField(key.query),
      hasBody ? body : undefined,
      scope.send(ofPipeline(scope, "GET", pipelineId, "consume", key)),
    ),
  );
  return decodeConsumed(data);
}

/** Pauses, resumes or ends a pipeline. */
export async function requestPipelineCommand(
  scope: CallScope,
  command: PipelineCommand,
  pipelineId: string,
): Promise<PipelineAnswer> {
  checkPipelineId(pipelineId);
  const key = bodyKey(scope);
  const data = await commandPipeline(
    endpointsOf(scope.core),
    command,
    pipelineId,
    scope.keyField(key.body),
    scope.send(ofPipeline(scope, "POST", pipelineId, command, key)),
  );
  return decodeAnswer(data);
}

/** The transport says that it cannot send the body, this says what it was for. */
async function withReasonForBody<T>(hasBody: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!hasBody || !(cause instanceof InvalidParameterError)) throw cause;
    throw new InvalidParameterError(
      "excludedFields travel in the body of a GET request, which the transport of this client cannot send.",
      {
        cause,
        hint: 'Use the client of "./node", or leave excludedFields out and drop the fields yourself.',
      },
    );
  }
}

/**
 * @throws InvalidParameterError for an id that cannot stand in a path.
 */
function checkPipelineId(pipelineId: unknown): void {
  if (isPathPart(pipelineId)) return;
  throw new InvalidParameterError(
    `The pipeline id must be text that can stand in a path, found ${pipelineId === "" ? "an empty text" : String(pipelineId)}.`,
    { hint: "listInferencePipelines tells the ids." },
  );
}

function ofPipeline(
  scope: CallScope,
  method: string,
  pipelineId: string,
  verb: string,
  key: KeyPlacement,
): RequestSettings {
  const operation = `${method} /inference_pipelines/{pipeline_id}/${verb}`;
  return { ...requestSettings(scope, operation, key), about: `pipeline ${pipelineId}` };
}

function requestSettings(
  scope: CallScope,
  operation: string,
  key: KeyPlacement,
  replay: Replay = "always",
): RequestSettings {
  return {
    operation,
    errorOf: pipelineError,
    signal: scope.signal,
    timeoutMs: scope.timeoutMs(),
    replay,
    key,
  };
}

/** The routes are of self-hosted servers: the older place of the key is the body in every mode. */
function bodyKey(scope: CallScope): KeyPlacement {
  return place(scope, true);
}

/** A URL ends up in access logs: the key stands there only when nothing but the older place is allowed. */
function urlKey(scope: CallScope): KeyPlacement {
  const key = place(scope, false);
  return { ...key, query: key.query && !key.header };
}

function place({ core, state }: CallScope, hasJsonBody: boolean): KeyPlacement {
  if (core.apiKey === null) return { header: false, query: false, body: false };
  return placeKey(state.configuration.apiKeyTransport, "v1", hasJsonBody);
}
