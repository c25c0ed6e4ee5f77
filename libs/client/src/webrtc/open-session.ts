import { startWebrtcWorker } from "@inference-ts/endpoints";
import {
  AbortedError,
  type InferenceError,
  InvalidParameterError,
  isInferenceError,
} from "@inference-ts/errors";
import { openDeadline } from "@inference-ts/transport";
import {
  buildInitRequest,
  type CheckedStreamConfig,
  type ChosenWork,
  checkSource,
  checkStreamConfig,
  checkStreamedTask,
  chooseTurn,
  chooseWork,
  type Lifetime,
  type LivePeerFactory,
  LiveSession,
  type LiveSource,
  type Negotiation,
  nativePeers,
  planSession,
  platformOf,
  readInitAnswer,
  type SourcePlan,
  type StreamedWork,
} from "@inference-ts/webrtc";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { explainFailure } from "../capabilities/explain-failure.ts";
import { type KeyPlacement, placeKey } from "../keys/key-placement.ts";
import { requestTask, requestTurnServers } from "./platform.ts";
import type { WebRTCStreamOptions } from "./stream-options.ts";

/** A server may need half a minute until its worker answers. */
const START_TIMEOUT_MS = 90_000;

/** Checks everything that can be checked before the network, looks up the task of a model, and makes the session. */
export async function openLiveSession(
  scope: CallScope,
  source: LiveSource,
  options: WebRTCStreamOptions,
): Promise<LiveSession> {
  checkIsSource(source);
  checkSource(source.plan);
  const config = checkStreamConfig(options.config);
  const chosen = chooseWork(options);
  const { imageInput = "image" } = options;
  if (typeof imageInput !== "string" || imageInput === "") {
    throw new InvalidParameterError("imageInput must name the image input of the workflow.");
  }
  // Refuses TURN servers that nobody could use.
  chooseTurn(config, scope.core.address.baseUrl);
  source.useUrlPolicy?.(scope.core.urlPolicy ?? {});
  const work = await settleWork(scope, chosen, options);
  return new LiveSession({
    source,
    plan: planSession(config, source.plan, work),
    openPeer: options.peer ?? lazyPeer(scope),
    negotiation: negotiation(scope, { source: source.plan, config, work, imageInput, options }),
    openLifetime: () => openLifetime(scope, options.signal),
    limits: options.limits,
    queueCapacity: options.queueCapacity,
    dataQueueCapacity: options.dataQueueCapacity,
    channelLimits: options.channelLimits,
  });
}

function checkIsSource(source: unknown): asserts source is LiveSource {
  if (typeof source === "object" && source !== null && "plan" in source && "close" in source) return;
  throw new InvalidParameterError(
    "The source of live video is none of those that @inference-ts/sdk/webrtc and ./webrtc/node make, such as rtspCamera(url).",
  );
}

async function settleWork(
  scope: CallScope,
  chosen: ChosenWork,
  options: WebRTCStreamOptions,
): Promise<StreamedWork> {
  if (!("modelId" in chosen)) return chosen;
  const { modelId, task } = chosen;
  if (task !== undefined) {
    checkStreamedTask(modelId, task);
    return { modelId, task };
  }
  const platformUrl = options.platformUrl ?? platformOf(scope.core.address.baseUrl);
  return { modelId, task: await requestTask(scope, modelId, platformUrl, options) };
}

/** What the runtime has; found out when the session starts. */
function lazyPeer({ core }: CallScope): LivePeerFactory {
  const find = core.livePeers ?? nativePeers;
  const open = async (peerOptions: Parameters<LivePeerFactory>[0]) => (await find())(peerOptions);
  const answeringTurn: LivePeerFactory["answeringTurn"] = async (urls, signal) =>
    (await (await find()).answeringTurn?.(urls, signal)) ?? [];
  return Object.assign(open, { answeringTurn });
}

interface Start {
  readonly source: SourcePlan;
  readonly config: CheckedStreamConfig;
  readonly work: StreamedWork;
  readonly imageInput: string;
  readonly options: WebRTCStreamOptions;
}

function negotiation(scope: CallScope, start: Start): Negotiation {
  const { config, options } = start;
  return {
    iceServers: async (signal) => {
      const choice = chooseTurn(config, scope.core.address.baseUrl);
      if (choice.from === "config") return { servers: choice.iceServers, notes: [] };
      if (choice.from === "nowhere") return { servers: [], notes: [] };
      try {
        const platformUrl = options.platformUrl ?? choice.platformUrl;
        return { servers: await requestTurnServers(scope, platformUrl, signal), notes: [] };
      } catch (error) {
        signal.throwIfAborted();
        const why = isInferenceError(error) ? error.code : "an unexpected error";
        return { servers: [], notes: [`the platform gave no TURN servers (${why}), so none are used`] };
      }
    },
    answer: async (offer, { servers, source: facts }, signal) => {
      const source: SourcePlan =
        start.source.kind === "webcam" && facts.fps !== undefined
          ? { ...start.source, fps: facts.fps }
          : start.source;
      const body = buildInitRequest({ ...start, source, offer, iceServers: servers });
      const key = workerKey(scope);
      try {
        return readInitAnswer(
          await startWebrtcWorker(
            endpointsOf(scope.core),
            { ...scope.keyField(key.body), ...body },
            scope.send({
              operation: "POST /initialise_webrtc_worker",
              signal,
              timeoutMs: scope.timeoutMs(START_TIMEOUT_MS),
              // A second request would start a second worker.
              replay: "before-sent",
              key,
            }),
          ),
        );
      } catch (cause) {
        const error = await explainFailure(cause, scope.core.address.baseUrl);
        scope.reportFailure(error);
        throw error;
      }
    },
  };
}

/** The older place of the key is the body in every mode. */
function workerKey({ core, state }: CallScope): KeyPlacement {
  if (core.apiKey === null) return { header: false, query: false, body: false };
  return placeKey(state.configuration.apiKeyTransport, "v1", true);
}

/** Ties the session to the caller's signal and to the client, whose `close` ends it and waits until the worker was told. */
function openLifetime({ core }: CallScope, caller: AbortSignal | undefined): Lifetime {
  core.assertOpen();
  const deadline = openDeadline({ timeoutMs: null, signal: caller });
  const ended = Promise.withResolvers<void>();
  const leave = core.deadlines.enter({
    end: () => {
      deadline.end();
      return ended.promise;
    },
  });
  return {
    signal: deadline.signal,
    error: () => {
      if (deadline.cause === "closed") return closedError(core);
      return new AbortedError("The live video session was aborted.", { cause: caller?.reason });
    },
    end: () => {
      leave();
      deadline.close();
      ended.resolve();
    },
  };
}

function closedError(core: CallScope["core"]): InferenceError {
  try {
    core.assertOpen();
  } catch (error) {
    if (isInferenceError(error)) return error;
  }
  return new AbortedError("The client of the live video session was closed.");
}
