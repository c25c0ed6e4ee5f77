import type { InferenceStream } from "../stream/inference-stream.ts";
import type {
  ChatCompletionOptions,
  ChatCompletionOutput,
  ChatCompletionStreamOutput,
} from "../tasks/chat-completion.ts";
import type { ChatMessage } from "../tasks/chat-messages.ts";
import type { ChatCompletionCreate, ChatCompletionsAlias } from "../tasks/openai-alias.ts";
import type { PostOptions } from "../tasks/post.ts";
import type {
  GeneratedText,
  TextGenerationOptions,
  TextGenerationOutput,
  TextGenerationStreamOutput,
} from "../tasks/text-generation.ts";
import { TabularMethods } from "./tabular-methods.ts";

/** Methods of language models, and `post`. */
export class GenerationMethods extends TabularMethods {
  /**
   * Asks a language model for the next message of a conversation; with `stream: true` in pieces as it is made. The address of an
   * endpoint gets `/v1/chat/completions` behind it (`/chat/completions` behind `/v1`), given as `model` or as `baseUrl`.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; a loop over the stream also throws TextGenerationError when the server reports a failure inside it.
   *
   * @example
   * ```ts no-run: needs a language model
   * const client = new InferenceClient({ baseUrl: "http://localhost:8080/v1", token: false });
   * const { choices } = await client.chatCompletion([{ role: "user", content: "Say hello" }], { maxTokens: 50 });
   * console.log(choices[0]?.message.content);
   * ```
   */
  chatCompletion(
    messages: readonly ChatMessage[],
    options: ChatCompletionOptions & { readonly stream: true },
  ): Promise<InferenceStream<ChatCompletionStreamOutput>>;
  chatCompletion(
    messages: readonly ChatMessage[],
    options?: ChatCompletionOptions & { readonly stream?: false | undefined },
  ): Promise<ChatCompletionOutput>;
  chatCompletion(
    messages: readonly ChatMessage[],
    options?: ChatCompletionOptions,
  ): Promise<ChatCompletionOutput | InferenceStream<ChatCompletionStreamOutput>>;
  chatCompletion(
    messages: readonly ChatMessage[],
    options: ChatCompletionOptions = {},
  ): Promise<ChatCompletionOutput | InferenceStream<ChatCompletionStreamOutput>> {
    return this.task(() => import("../tasks/chat-completion.ts"), "chatCompletion", messages, options);
  }

  /**
   * The names of OpenAI's client: `client.chat.completions.create({ messages, max_tokens, stream })`, with the names of the wire.
   *
   * @example
   * ```ts no-run: needs a language model
   * const client = new InferenceClient({ baseUrl: "http://localhost:8080/v1", apiKey: false });
   * const stream = await client.chat.completions.create({
   *   messages: [{ role: "user", content: "Count to ten" }],
   *   stream: true,
   * });
   * for await (const { choices } of stream) process.stdout.write(choices[0]?.delta.content ?? "");
   * ```
   */
  get chat(): { readonly completions: ChatCompletionsAlias } {
    const send = ({ messages, ...options }: ChatCompletionCreate) =>
      this.run("chat.completions.create", options, async (scope) => {
        const { chatCompletion } = await import("../tasks/chat-completion.ts");
        return chatCompletion(scope, messages, options);
      });
    function create(
      request: ChatCompletionCreate & { readonly stream: true },
    ): Promise<InferenceStream<ChatCompletionStreamOutput>>;
    function create(
      request: ChatCompletionCreate & { readonly stream?: false },
    ): Promise<ChatCompletionOutput>;
    function create(
      request: ChatCompletionCreate,
    ): Promise<ChatCompletionOutput | InferenceStream<ChatCompletionStreamOutput>> {
      return send(request);
    }
    return { completions: { create } };
  }

  /**
   * Writes on after a prompt. Gives the text; with `details: true` also tokens and probabilities; with `stream: true` pieces as they are
   * made. A server that is not TGI and refuses some parameters is asked again without them, and not asked for them again.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; a loop over the stream also throws TextGenerationError when the server reports a failure inside it.
   *
   * @example
   * ```ts no-run: needs a language model
   * const client = new InferenceClient({ model: "http://localhost:8080", token: false });
   * console.log(await client.textGeneration("The capital of Italy is", { maxNewTokens: 5 }));
   * for await (const piece of await client.textGeneration("Once", { stream: true })) process.stdout.write(piece);
   * ```
   */
  textGeneration(
    prompt: string,
    options: TextGenerationOptions & { readonly stream: true; readonly details: true },
  ): Promise<InferenceStream<TextGenerationStreamOutput>>;
  textGeneration(
    prompt: string,
    options: TextGenerationOptions & { readonly stream: true; readonly details?: false | undefined },
  ): Promise<InferenceStream<string>>;
  textGeneration(
    prompt: string,
    options: TextGenerationOptions & { readonly details: true; readonly stream?: false | undefined },
  ): Promise<TextGenerationOutput>;
  textGeneration(
    prompt: string,
    options?: TextGenerationOptions & {
      readonly details?: false | undefined;
      readonly stream?: false | undefined;
    },
  ): Promise<string>;
  textGeneration(prompt: string, options?: TextGenerationOptions): Promise<GeneratedText>;
  textGeneration(prompt: string, options: TextGenerationOptions = {}): Promise<GeneratedText> {
    return this.task(() => import("../tasks/text-generation.ts"), "textGeneration", prompt, options);
  }

  /**
   * Sends anything to a model and gives the bytes of the answer; with `stream: true` its lines as they arrive. For tasks that have no
   * method here.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; ModelNotSelectedError when neither a model nor a task is named.
   *
   * @example
   * ```ts no-run: needs a model
   * const client = new InferenceClient({ model: "user/model" });
   * const bytes = await client.post({ json: { inputs: "hello" } });
   * console.log(JSON.parse(new TextDecoder().decode(bytes)));
   * ```
   */
  post(options: PostOptions & { readonly stream: true }): Promise<InferenceStream<Uint8Array>>;
  post(options?: PostOptions & { readonly stream?: false | undefined }): Promise<Uint8Array>;
  post(options: PostOptions = {}): Promise<Uint8Array | InferenceStream<Uint8Array>> {
    return this.task(() => import("../tasks/post.ts"), "post", options);
  }
}
