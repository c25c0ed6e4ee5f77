import type { CallOptions } from "../client-options.ts";
import type { InferenceStream } from "../stream/inference-stream.ts";
import type { ChatCompletionOutput, ChatCompletionStreamOutput } from "./chat-completion.ts";
import type { ChatMessage } from "./chat-messages.ts";

/** A request in the form of OpenAI's client: the names of the wire, and how the call is made. */
export interface ChatCompletionCreate extends CallOptions {
  readonly messages: readonly ChatMessage[];
  /** Further fields of the request. */
  readonly extra_body?: Readonly<Record<string, unknown>> | null;
  readonly frequency_penalty?: number | null;
  readonly logit_bias?: readonly number[] | Readonly<Record<string, number>> | null;
  readonly logprobs?: boolean | null;
  readonly max_tokens?: number | null;
  readonly n?: number | null;
  readonly presence_penalty?: number | null;
  readonly response_format?: Readonly<Record<string, unknown>> | null;
  readonly seed?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly stream?: boolean;
  readonly stream_options?: Readonly<Record<string, unknown>> | null;
  readonly temperature?: number | null;
  readonly tool_choice?: string | Readonly<Record<string, unknown>> | null;
  readonly tool_prompt?: string | null;
  readonly tools?: readonly Readonly<Record<string, unknown>>[] | null;
  readonly top_logprobs?: number | null;
  readonly top_p?: number | null;
}

/** `client.chat.completions`, for people who come from OpenAI's client. */
export interface ChatCompletionsAlias {
  create(
    request: ChatCompletionCreate & { readonly stream: true },
  ): Promise<InferenceStream<ChatCompletionStreamOutput>>;
  create(request: ChatCompletionCreate & { readonly stream?: false }): Promise<ChatCompletionOutput>;
}
