import { legacyRecogniseActions, recogniseActions } from "@inference-ts/endpoints";
import {
  APIKeyNotProvidedError,
  InvalidParameterError,
  ModelTaskTypeNotSupportedError,
} from "@inference-ts/errors";
import { DEFAULT_RETRY_POLICY } from "@inference-ts/transport";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { bodyTags } from "../call/usage-tags.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import { v1Query } from "../configuration/wire-parameters.ts";
import { given } from "../given.ts";
import { describeModel } from "../models/manage-models.ts";
import { chooseModelId, splitModelId } from "../models/model-id.ts";
import { type ActionRecognitionResult, decodeActionRecognition } from "./action-recognition-result.ts";
import { base64Body, jsonBody, multipartBody, observed, type SizedBody, wholeBody } from "./clip-body.ts";
import { DEFAULT_CLIP_TIMEOUT_MS, type InferOnVideoOptions } from "./clip-options.ts";
import { type LocalClip, type OpenedClip, openClip } from "./open-clip.ts";

/** Longest body that is made in one buffer where it could be streamed, and longest clip that `auto` sends as base64 in v0. */
const SHORT_BODY_BYTES = 8 * 1024 * 1024;

const TASK = "action-recognition";

/** Runs action recognition on one clip, in the mode of the scope. */
export async function inferOnVideo(
  scope: CallScope,
  video: unknown,
  options: InferOnVideoOptions,
): Promise<ActionRecognitionResult> {
  const { core, callId, state } = scope;
  const modelId = await chooseModelId(options.modelId, state.modelId);
  checkOptions(options, state.mode);
  const { value: clip, timeoutMs } = await withinDeadline(
    scope,
    "Opening the clip",
    scope.signal,
    () => openClip(video, core.images),
    scope.timeoutMs(DEFAULT_CLIP_TIMEOUT_MS),
  );
  const send = state.mode === "v0" ? sendV0 : sendV1;
  const data = await send(scope, modelId, clip, options, timeoutMs);
  const startedAt = performance.now();
  const result = decodeActionRecognition(data);
  core.events.emit(() => ({
    station: "decode",
    callId,
    index: 0,
    task: TASK,
    durationMs: performance.now() - startedAt,
  }));
  return result;
}

function checkOptions({ confidence, upload = "auto" }: InferOnVideoOptions, mode: "v0" | "v1"): void {
  if (typeof confidence === "number" ? !(confidence >= 0 && confidence <= 1) : !isNamed(confidence)) {
    throw new InvalidParameterError(
      `confidence (${String(confidence)}) must be a number from 0 to 1, "best" or "default".`,
    );
  }
  if (!["auto", "multipart", "base64"].includes(upload)) {
    throw new InvalidParameterError(`upload "${String(upload)}" is none of "auto", "multipart", "base64".`);
  }
  if (mode === "v1" && upload === "multipart") {
    throw new InvalidParameterError('upload "multipart" needs API mode v0; the v1 route takes JSON only.', {
      hint: 'Use inferOnVideoFromApiV0, or leave upload at "auto".',
    });
  }
}

function isNamed(confidence: unknown): boolean {
  return confidence === undefined || confidence === "best" || confidence === "default";
}

async function sendV0(
  scope: CallScope,
  modelId: string,
  clip: OpenedClip,
  options: InferOnVideoOptions,
  timeoutMs: number | null,
): Promise<unknown> {
  const { core, state } = scope;
  const { datasetId, versionId } = splitModelId(modelId);
  if (core.apiKey === null) {
    throw new APIKeyNotProvidedError("Inference in API mode v0 needs an API key.", {
      hint: "Pass apiKey to the client.",
    });
  }
  const classFilter = options.classFilter ?? state.configuration.classFilter ?? [];
  const unclear = classFilter.find((name) => name.includes(","));
  if (unclear !== undefined) {
    throw new InvalidParameterError(`The class name "${unclear.slice(0, 80)}" has a comma.`, {
      hint: "The v0 route separates class names by commas; filter the timeline of the result, or use API mode v1.",
    });
  }
  const { countInference, serviceSecret, source, sourceInfo } = state.configuration;
  const confidence = options.confidence ?? state.configuration.confidenceThreshold;
  const key = scope.keyPlacement(true);
  announce(scope, modelId);
  const body = clip.kind === "remote" ? null : await legacyBody(scope, clip, options);
  const { data } = await legacyRecogniseActions(
    endpointsOf(core),
    { dataset_id: datasetId, version_id: versionId },
    body,
    {
      ...scope.keyField(key.query),
      ...(clip.kind === "remote" ? { image: clip.url } : {}),
      ...(classFilter.length === 0 ? {} : { class_filter: classFilter.join(",") }),
      ...(confidence === undefined ? {} : { confidence }),
      ...(options.includeCandidates === true ? { include_candidates: true } : {}),
      ...(countInference === undefined ? {} : { countinference: countInference }),
      ...(serviceSecret === undefined ? {} : { service_secret: serviceSecret }),
      ...(source === undefined ? {} : { source }),
      ...(sourceInfo === undefined ? {} : { source_info: sourceInfo }),
      ...scope.usageQuery(),
    },
    sending(scope, "POST /{project}/{version}", modelId, timeoutMs, key),
  );
  return data;
}

async function legacyBody(scope: CallScope, clip: LocalClip, options: InferOnVideoOptions) {
  const { upload = "auto" } = options;
  if (upload === "multipart" || (upload === "auto" && clip.byteLength > SHORT_BODY_BYTES)) {
    const { body, contentType } = multipartBody(clip);
    return { data: await load(scope, clip, body, options), contentType };
  }
  // The type that Python names; the route reads every body that is no form as base64 text.
  const contentType = "application/x-www-form-urlencoded";
  return { data: await load(scope, clip, base64Body(clip, scope.core.writeBase64), options), contentType };
}

async function sendV1(
  scope: CallScope,
  modelId: string,
  clip: OpenedClip,
  options: InferOnVideoOptions,
  timeoutMs: number | null,
): Promise<unknown> {
  const { core, state } = scope;
  const model = await describeModel(scope, modelId, true);
  if (model.task_type !== TASK) {
    throw new ModelTaskTypeNotSupportedError(
      `The model ${modelId} is for the task "${model.task_type}", which takes images, not a clip.`,
      { hint: "Use infer() for images." },
    );
  }
  const { source, sourceInfo } = state.configuration;
  const usage = scope.usageQuery();
  const classFilter = options.classFilter ?? state.configuration.classFilter;
  const confidence = options.confidence ?? state.configuration.confidenceThreshold;
  const key = scope.keyPlacement(true);
  const request = {
    ...scope.keyField(key.body),
    ...(source === undefined ? {} : { source }),
    ...(sourceInfo === undefined ? {} : { source_info: sourceInfo }),
    ...bodyTags(scope),
    model_id: model.model_id,
    ...(classFilter === undefined ? {} : { class_filter: [...classFilter] }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(options.includeCandidates === true ? { include_candidates: true } : {}),
  };
  announce(scope, modelId);
  const { data } = await recogniseActions(
    endpointsOf(core),
    clip.kind === "remote"
      ? { ...request, video: { type: "url", value: clip.url } }
      : await load(scope, clip, jsonBody(request, clip, core.writeBase64), options),
    {
      ...(Object.keys(usage).length === 0 ? {} : given({ source, source_info: sourceInfo })),
      ...usage,
      ...v1Query(state.configuration),
    },
    sending(scope, "POST /infer/action_recognition", modelId, timeoutMs, key),
  );
  return data;
}

function announce({ core, callId }: CallScope, modelId: string): void {
  core.events.emit(() => ({ station: "plan", callId, modelId, task: TASK, batchSize: 1, concurrency: 1 }));
}

/** Makes the body ready: one buffer for a short one or in a browser, which cannot stream a request, else a stream. */
async function load(
  scope: CallScope,
  clip: LocalClip,
  body: SizedBody,
  { onUploadProgress }: InferOnVideoOptions,
): Promise<Uint8Array | SizedBody> {
  const { core, callId } = scope;
  const startedAt = performance.now();
  const isStreamed = core.images.files?.open !== undefined && body.byteLength > SHORT_BODY_BYTES;
  const told = onUploadProgress === undefined ? body : observed(body, onUploadProgress);
  const ready = isStreamed
    ? told
    : (await withinDeadline(scope, "Reading the clip", scope.signal, (signal) => wholeBody(told, signal)))
        .value;
  core.events.emit(() => ({
    station: "load",
    callId,
    index: 0,
    label: clip.label,
    byteLength: clip.byteLength,
    scale: 1,
    durationMs: performance.now() - startedAt,
  }));
  return ready;
}

/** A clip on which the server worked too long (504) is not sent again: it would take as long again. */
function sending(
  scope: CallScope,
  operation: string,
  modelId: string,
  timeoutMs: number | null,
  key: ReturnType<CallScope["keyPlacement"]>,
) {
  const { retry } = scope.core;
  const { statuses = DEFAULT_RETRY_POLICY.statuses } = retry;
  return scope.send({
    operation,
    about: `model ${modelId}`,
    signal: scope.signal,
    timeoutMs,
    replay: "always",
    retry: { ...retry, statuses: statuses.filter((status) => status !== 504) },
    key,
    runs: { modelId, inBody: scope.state.mode === "v1" },
  });
}
