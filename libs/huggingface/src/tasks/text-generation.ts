import { HTTPCallError, InvalidParameterError } from "@inference-ts/errors";
import { resolveAddress } from "../address/resolve-address.ts";
import { asItem, badShape, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { isObject, type JsonObject } from "../call/json-object.ts";
import { openStream, sendRequest } from "../call/send-request.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { wireParameters } from "../request/parameters.ts";
import { jsonRequest } from "../request/run-task.ts";
import type { InferenceStream } from "../stream/inference-stream.ts";
import { firstOf } from "./first-of.ts";

/** Options of `textGeneration`; what they mean: the API of TGI. */
export interface TextGenerationOptions extends TaskOptions {
  readonly adapterId?: string | null | undefined;
  readonly bestOf?: number | null | undefined;
  readonly decoderInputDetails?: boolean | null | undefined;
  /** Give tokens, log probabilities and the reason of the end beside the text. Default false. */
  readonly details?: boolean | undefined;
  /** Default false: the likeliest token each time. */
  readonly doSample?: boolean | null | undefined;
  readonly frequencyPenalty?: number | null | undefined;
  /** A rule for the text, such as `{ type: "regex", value: "[0-9]+" }`. */
  readonly grammar?: Readonly<Record<string, unknown>> | null | undefined;
  readonly maxNewTokens?: number | null | undefined;
  readonly repetitionPenalty?: number | null | undefined;
  /** Give the prompt before the text. Default false. */
  readonly returnFullText?: boolean | null | undefined;
  readonly seed?: number | null | undefined;
  readonly stop?: readonly string[] | null | undefined;
  /** Old name of `stop`. */
  readonly stopSequences?: readonly string[] | null | undefined;
  /** Give the text in pieces as it is made. */
  readonly stream?: boolean | undefined;
  readonly temperature?: number | null | undefined;
  readonly topK?: number | null | undefined;
  readonly topNTokens?: number | null | undefined;
  readonly topP?: number | null | undefined;
  readonly truncate?: number | null | undefined;
  readonly typicalP?: number | null | undefined;
  readonly watermark?: boolean | null | undefined;
}

/** One generated token. */
export interface TextGenerationToken {
  readonly id: number;
  readonly text: string;
  readonly logprob: number;
  readonly special: boolean;
}

/** How a text was generated; fields that a server adds are kept. */
export interface TextGenerationDetails {
  readonly finish_reason: string;
  readonly generated_tokens: number;
  readonly prefill: readonly {
    readonly id: number;
    readonly text: string;
    readonly logprob: number | null;
  }[];
  readonly tokens: readonly TextGenerationToken[];
  readonly seed?: number | null;
  readonly best_of_sequences?: readonly unknown[] | null;
  readonly top_tokens?: readonly unknown[] | null;
}

/** Generated text with details (`TextGenerationOutput`). */
export interface TextGenerationOutput {
  readonly generated_text: string;
  readonly details?: TextGenerationDetails | null;
}

/** One piece of a streamed text with details (`TextGenerationStreamOutput`). */
export interface TextGenerationStreamOutput {
  readonly index: number;
  readonly token: TextGenerationToken;
  /** The whole text, in the last piece. */
  readonly generated_text?: string | null;
  readonly details?: Readonly<Record<string, unknown>> | null;
  readonly top_tokens?: readonly TextGenerationToken[];
}

/** Everything that `textGeneration` may give. */
export type GeneratedText =
  | string
  | TextGenerationOutput
  | InferenceStream<string>
  | InferenceStream<TextGenerationStreamOutput>;

/** Text after a prompt, with details, or as a stream of either. */
export async function textGeneration(
  scope: CallScope,
  prompt: string,
  options: TextGenerationOptions,
): Promise<GeneratedText> {
  checkText("prompt", prompt);
  const url = await resolveAddress(scope, "text-generation");
  const { refusedParameters } = scope.core;
  for (;;) {
    const refused = refusedParameters.get(url);
    if (refused !== undefined && options.stream === true) {
      throw new InvalidParameterError("This server is not TGI and cannot stream generated text.", {
        hint: "Leave stream out.",
      });
    }
    const wanted = refused === undefined ? options : { ...options, details: false };
    try {
      return await generate(scope, url, prompt, wanted, refused ?? new Set());
    } catch (error) {
      const names = refusedBy(error);
      if (names.every((name) => refused?.has(name))) throw error;
      // A server that is not TGI names what it does not know; it is not asked for it again.
      refusedParameters.set(url, new Set([...(refused ?? []), ...names]));
    }
  }
}

const UNUSED_KWARGS = /The following `model_kwargs` are not used by the model: \[(.*?)\]/;

/** Names of the parameters that a server refuses, none for any other failure. */
function refusedBy(error: unknown): readonly string[] {
  if (!(error instanceof HTTPCallError) || error.status !== 400) return [];
  const list = UNUSED_KWARGS.exec(error.serverMessage ?? "")?.[1];
  return list?.split(",").map((name) => name.replace(/^[\s'"]+|[\s'"]+$/g, "")) ?? [];
}

async function generate(
  scope: CallScope,
  url: string,
  prompt: string,
  options: TextGenerationOptions,
  refused: ReadonlySet<string>,
): Promise<GeneratedText> {
  const { stream = false, details = false, doSample = false, returnFullText = false } = options;
  const stop = options.stop ?? options.stopSequences ?? [];
  const wanted = { ...options, details, doSample, returnFullText, stop };
  const all = wireParameters(wanted, ["stream", "stopSequences"]);
  // Without details the server would cut the answer.
  if (!details && all.decoder_input_details === true) all.decoder_input_details = false;
  const parameters = Object.fromEntries(Object.entries(all).filter(([name]) => !refused.has(name)));
  const request = jsonRequest(url, "text-generation", { inputs: prompt, parameters, stream });
  const { operation } = scope;
  if (stream) {
    const { eventStream } = await import("../stream/streams.ts");
    const answer = await openStream(scope, request);
    return details
      ? eventStream<TextGenerationStreamOutput>(scope, answer, asItem)
      : eventStream(scope, answer, (event) => tokenText(event, operation));
  }
  const output = firstOf<TextGenerationOutput>(
    await readJson(await sendRequest(scope, request), operation),
    operation,
  );
  if (details) return output;
  const text: unknown = output.generated_text;
  return typeof text === "string" ? text : badShape(operation, "generated_text", "text", text);
}

function tokenText(event: JsonObject, operation: string): string {
  const text = isObject(event.token) ? event.token.text : undefined;
  return typeof text === "string" ? text : badShape(operation, "token.text", "text", text);
}
