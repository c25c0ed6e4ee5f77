import type { CoreModelQuery, EndpointAnswer, EndpointClient, SendRequest } from "@inference-ts/endpoints";
import type { ImageSource } from "@inference-ts/images";
import type { InferenceRequestImage } from "@inference-ts/schema";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { bodyTags } from "../call/usage-tags.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import { DEFAULT_LOADING_TIMEOUT_MS } from "../client-options.ts";
import { v1Query } from "../configuration/wire-parameters.ts";
import { given } from "../given.ts";
import { LOADING, load, type Sending } from "../infer/infer-batch.ts";
import { wireImage } from "../infer/wire-image.ts";

/** One route of a core model, as the engine needs to know it. */
export interface CoreRoute {
  /** `METHOD /path`, for events and messages. */
  readonly operation: string;
  /** What runs, for events and messages: the model's id, or the name of its family. */
  readonly modelId: string;
  /** The body names the model. */
  readonly modelInBody?: boolean;
  /**
   * The server loads the model with the key of the query or the header alone, as server 1.8.3 does for every route of SAM 3, so
   * that a key that may travel in the body only goes into the query as well.
   */
  readonly ignoresBodyKey?: boolean;
}

/** Fields that every core-model body has. */
export interface CoreFields {
  readonly api_key?: string;
  readonly source?: string;
  readonly source_info?: string;
}

/** Where a request goes and what belongs into it whatever the model is. */
export interface CoreTarget {
  readonly client: EndpointClient;
  readonly fields: CoreFields;
  readonly query: CoreModelQuery;
  readonly send: SendRequest;
}

/** The deadline of a core-model request: the first one makes the server load the model. */
export function coreTimeoutMs(scope: CallScope): number | null {
  return scope.timeoutMs(DEFAULT_LOADING_TIMEOUT_MS);
}

/** Key, billing, attribution and sending of one request. */
export function coreTarget(scope: CallScope, route: CoreRoute, sending: Sending): CoreTarget {
  const { core, state } = scope;
  const placed = scope.keyPlacement(true);
  const key = route.ignoresBodyKey && !placed.header && placed.body ? { ...placed, query: true } : placed;
  const { source, sourceInfo } = state.configuration;
  const attribution = given({ source, source_info: sourceInfo });
  const usage = scope.usageQuery();
  return {
    client: endpointsOf(core),
    fields: { ...scope.keyField(key.body), ...attribution, ...bodyTags(scope) },
    // What is attributed to a workflow is so in the query too, together with what the configuration says of it.
    query: {
      ...(Object.keys(usage).length === 0 ? {} : attribution),
      ...usage,
      ...v1Query(state.configuration),
      ...scope.keyField(key.query),
    },
    send: scope.send({
      operation: route.operation,
      about: `model ${route.modelId}`,
      ...sending,
      replay: "always",
      key,
      runs: { modelId: route.modelInBody ? route.modelId : undefined, inBody: route.modelInBody === true },
    }),
  };
}

/** Sends one request that is not made once per image: texts, comparisons. Its images are loaded inside the same deadline. */
export async function requestOnce<Images extends readonly ImageSource[]>(
  scope: CallScope,
  route: CoreRoute,
  inputs: Images,
  request: (
    images: { readonly [K in keyof Images]: InferenceRequestImage },
    target: CoreTarget,
  ) => Promise<EndpointAnswer<unknown>>,
): Promise<unknown>;
export async function requestOnce(
  scope: CallScope,
  route: CoreRoute,
  inputs: readonly ImageSource[],
  request: (images: readonly InferenceRequestImage[], target: CoreTarget) => Promise<EndpointAnswer<unknown>>,
): Promise<unknown> {
  reportPlan(scope, route, 1);
  const { value, timeoutMs } = await withinDeadline(
    scope,
    LOADING,
    scope.signal,
    (within) => Promise.all(inputs.map((input, index) => load(scope, UNCHANGED, { index, input }, within))),
    coreTimeoutMs(scope),
  );
  const images = value.map(({ image }) => wireImage(image, scope.core.writeBase64));
  const { data } = await request(images, coreTarget(scope, route, { signal: scope.signal, timeoutMs }));
  // Some servers wrap the answer to one text into a list.
  return Array.isArray(data) && data.length === 1 ? data[0] : data;
}

/** Core models take images as they are. */
export const UNCHANGED = { downsizeTo: null } as const;

/** Station "plan". */
export function reportPlan(scope: CallScope, { operation, modelId }: CoreRoute, batchSize: number): void {
  const concurrency = scope.state.configuration.maxConcurrentRequests;
  scope.core.events.emit(() => ({
    station: "plan",
    callId: scope.callId,
    modelId,
    task: operation,
    batchSize,
    concurrency,
  }));
}
