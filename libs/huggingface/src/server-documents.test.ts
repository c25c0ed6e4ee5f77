/**
 * The documents of TGI and TEI against the types of the methods: what these servers answer must be what the methods promise, and what
 * the methods send must be what the servers take. All of it is checked by the type checker.
 */
import type {
  ChatCompletionRequest,
  ChatCompletionResponse,
  ChatCompletionStreamEvent,
  TeiEmbedRequest,
  TeiEmbedResponse,
  TgiGenerateParameters,
  TgiGenerateResponse,
  TgiGrammar,
  TgiStreamResponse,
} from "@inference-ts/schema/huggingface";
import { expectTypeOf, test } from "vitest";
import type { Embedding } from "./results.ts";
import type {
  ChatCompletionOptions,
  ChatCompletionOutput,
  ChatCompletionStreamOutput,
} from "./tasks/chat-completion.ts";
import type { FeatureExtractionOptions } from "./tasks/feature-extraction.ts";
import type {
  TextGenerationOptions,
  TextGenerationOutput,
  TextGenerationStreamOutput,
} from "./tasks/text-generation.ts";

/** `max_tokens` as `maxTokens`. */
type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** Fields of a request that no option of a method has. */
type Without<Request, Options, More extends string> = Exclude<
  Camel<Extract<keyof Request, string>>,
  keyof Options | More
>;

test("every field of a request has its option", () => {
  expectTypeOf<
    Without<ChatCompletionRequest, ChatCompletionOptions, "messages" | "model">
  >().toEqualTypeOf<never>();
  expectTypeOf<Without<TgiGenerateParameters, TextGenerationOptions, never>>().toEqualTypeOf<never>();
  // Newer than the method: `parameters: { dimensions }` sends it.
  expectTypeOf<
    Without<TeiEmbedRequest, FeatureExtractionOptions, "inputs" | "dimensions">
  >().toEqualTypeOf<never>();
});

/** The document allows null for a probability that no server sends as one, and calls without a name in a stream of tool calls. */
type Sent<Value> = Value extends readonly (infer Item)[]
  ? Sent<Item>[]
  : Value extends object
    ? {
        [Field in keyof Value]: Field extends "logprob" | "name"
          ? NonNullable<Value[Field]>
          : Sent<Value[Field]>;
      }
    : Value;

test("answers are what the methods promise", () => {
  expectTypeOf<ChatCompletionResponse>().toExtend<ChatCompletionOutput>();
  expectTypeOf<Sent<TgiGenerateResponse>>().toExtend<TextGenerationOutput>();
  expectTypeOf<TeiEmbedResponse>().toExtend<Embedding>();
  expectTypeOf<Sent<TgiStreamResponse["token"]>>().toExtend<TextGenerationStreamOutput["token"]>();
  expectTypeOf<keyof TgiStreamResponse>().toEqualTypeOf<keyof TextGenerationStreamOutput>();
  expectTypeOf<keyof ChatCompletionStreamEvent>().toExtend<keyof ChatCompletionStreamOutput>();
  expectTypeOf<keyof ChatCompletionStreamEvent["choices"][number]>().toEqualTypeOf<
    keyof ChatCompletionStreamOutput["choices"][number]
  >();
});

test("a grammar is a rule that both methods take", () => {
  expectTypeOf<TgiGrammar>().toExtend<NonNullable<TextGenerationOptions["grammar"]>>();
  expectTypeOf<TgiGrammar>().toExtend<NonNullable<ChatCompletionOptions["responseFormat"]>>();
});
