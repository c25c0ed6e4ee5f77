import { ModelNotSelectedError } from "@inference-ts/errors";
import { chatAddress } from "../address/chat-address.ts";
import { isAddress, withPath } from "../address/model-address.ts";
import { asItem, oneObject, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { openStream, sendRequest } from "../call/send-request.ts";
import type { TaskOptions } from "../client-options.ts";
import { wireParameters } from "../request/parameters.ts";
import { jsonRequest } from "../request/run-task.ts";
import { ROUTER } from "../settings/endpoints.ts";
import type { InferenceStream } from "../stream/inference-stream.ts";
import { type ChatMessage, type ChatToolCall, wireMessages } from "./chat-messages.ts";

/** Options of `chatCompletion`; what they mean: the API of OpenAI and of TGI. */
export interface ChatCompletionOptions extends TaskOptions {
  readonly frequencyPenalty?: number | null | undefined;
  readonly logitBias?: readonly number[] | Readonly<Record<string, number>> | null | undefined;
  readonly logprobs?: boolean | null | undefined;
  /** Most tokens of the answer. Default: that of the server (TGI: 100). */
  readonly maxTokens?: number | null | undefined;
  readonly n?: number | null | undefined;
  readonly presencePenalty?: number | null | undefined;
  /** A rule for the answer, such as `{ type: "json", value: schema }`. */
  readonly responseFormat?: Readonly<Record<string, unknown>> | null | undefined;
  readonly seed?: number | null | undefined;
  readonly stop?: string | readonly string[] | null | undefined;
  /** Give the answer in pieces as it is made. */
  readonly stream?: boolean | undefined;
  readonly streamOptions?: Readonly<Record<string, unknown>> | null | undefined;
  readonly temperature?: number | null | undefined;
  readonly toolChoice?: string | Readonly<Record<string, unknown>> | null | undefined;
  readonly toolPrompt?: string | null | undefined;
  readonly tools?: readonly Readonly<Record<string, unknown>>[] | null | undefined;
  readonly topLogprobs?: number | null | undefined;
  readonly topP?: number | null | undefined;
  /** Further fields of the request, as newer versions of the Python client name them; the same as `parameters`. */
  readonly extraBody?: Readonly<Record<string, unknown>> | null | undefined;
  /** The same. */
  readonly extra_body?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Counted tokens. */
export interface ChatCompletionUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** One answer of a chat (`ChatCompletionOutput`); fields that a server adds are kept. */
export interface ChatCompletionOutput {
  readonly id: string;
  readonly object?: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  readonly system_fingerprint?: string;
  readonly choices: readonly {
    readonly index: number;
    readonly message: {
      readonly role: string;
      readonly content?: string | null;
      readonly tool_calls?: readonly ChatToolCall[] | null;
    };
    readonly finish_reason: string;
    readonly logprobs?: unknown;
  }[];
  readonly usage?: ChatCompletionUsage | null;
}

/** One piece of a streamed answer (`ChatCompletionStreamOutput`). */
export interface ChatCompletionStreamOutput {
  readonly id: string;
  readonly object?: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  readonly system_fingerprint?: string;
  readonly choices: readonly {
    readonly index: number;
    readonly delta: {
      readonly role?: string;
      readonly content?: string | null;
      readonly tool_calls?: ChatToolCall | readonly ChatToolCall[] | null;
    };
    readonly finish_reason?: string | null;
    readonly logprobs?: unknown;
  }[];
  /** In the last piece, where it was asked for. */
  readonly usage?: ChatCompletionUsage | null;
}

/** One answer of a chat, or its stream. */
export async function chatCompletion(
  scope: CallScope,
  messages: readonly ChatMessage[],
  options: ChatCompletionOptions,
): Promise<ChatCompletionOutput | InferenceStream<ChatCompletionStreamOutput>> {
  const { stream = false, extraBody, extra_body, ...rest } = options;
  const wanted = await wireMessages(scope, messages);
  const { url, model } = await chatTarget(scope);
  const body = {
    model,
    messages: wanted,
    ...wireParameters(rest),
    ...(extraBody ?? extra_body),
    stream: stream ?? undefined,
  };
  const request = jsonRequest(url, null, body);
  if (stream) {
    const { eventStream } = await import("../stream/streams.ts");
    return eventStream<ChatCompletionStreamOutput>(scope, await openStream(scope, request), asItem);
  }
  return oneObject<ChatCompletionOutput>(
    await readJson(await sendRequest(scope, request), scope.operation),
    scope.operation,
  );
}

/** Address of the router, which picks a provider by the model in the body. */
const AUTO_CHAT_ADDRESS = `${ROUTER}/v1/chat/completions`;

/** What a server of one model is told instead of a model's name. */
const ANY_MODEL = "tgi";

/**
 * Where a chat goes, and the model that its body names. The client's address wins over the call's model; among model ids that of
 * the call wins. An address is never sent as the name of a model.
 */
async function chatTarget(scope: CallScope): Promise<{ url: string; model: string }> {
  const { settings } = scope.core;
  const { provider } = settings;
  const named = scope.model ?? settings.model;
  const model = named === null || isAddress(named) ? ANY_MODEL : named;
  const own = settings.baseUrl ?? settings.model;
  const bothAreIds = own !== null && scope.model !== null && !isAddress(own) && !isAddress(scope.model);
  const target = bothAreIds ? scope.model : (own ?? scope.model);
  if (target !== null && isAddress(target)) return { url: chatAddress(target), model };
  if (provider === "auto") {
    const id = model === ANY_MODEL ? target : model;
    if (id !== null) return { url: AUTO_CHAT_ADDRESS, model: id };
    throw new ModelNotSelectedError('provider "auto" needs the id of a model.');
  }
  const { addressOfId } = await import("../address/address-of-id.ts");
  const address = await addressOfId(scope, target, "text-generation");
  return { url: withPath(address, "/v1/chat/completions"), model };
}
