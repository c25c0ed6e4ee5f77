import { promptCogvlm as promptCogvlmRoute, promptLmm, promptLmmByPath } from "@inference-ts/endpoints";
import { FeatureDeprecatedError, HTTPCallError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import type { CallScope } from "../call/call-scope.ts";
import { given } from "../given.ts";
import { askServerInfo } from "../models/server-info.ts";
import { requireMode } from "../modes/client-mode.ts";
import { type CheckedAnswer, checkAnswer } from "./check-answer.ts";
import { checkOptions } from "./check-options.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import { requestOnce } from "./core-request.ts";
import { forEachImage } from "./for-each-image.ts";
import { checkModelPath } from "./model-path.ts";

/** What `inferLmm` takes beside its images. */
export interface LmmOptions extends CoreModelOptions {
  /** Such as `florence-2-base` or `qwen3vl-2b-instruct`. Sent as it is: the server resolves aliases. */
  readonly modelId: string;
  /** What is asked; some models have words of their own for tasks, such as Florence's `<CAPTION>`. */
  readonly prompt?: string | undefined;
  /** Name the model in the path too, for gateways that route by it. Default false. */
  readonly modelIdInPath?: boolean | undefined;
  /** Longest answer in tokens. Default: the model's. */
  readonly maxNewTokens?: number | undefined;
  /** Let a model that can think before it answers do so. Server's default false. */
  readonly enableThinking?: boolean | undefined;
}

/** What the model said: text, or for models with tasks an object by task. */
export type LmmResult = CheckedAnswer<"LMMInferenceResponse", "response">;

/** See `inferLmm` of the client. */
export function inferLmm(
  scope: CallScope,
  input: ImageInput,
  options: LmmOptions,
): Promise<LmmResult | LmmResult[]> {
  checkOptions("inferLmm", options, { modelId: "text" });
  const { modelId, prompt, maxNewTokens, enableThinking } = options;
  const path = options.modelIdInPath === true ? checkModelPath(modelId) : undefined;
  const own = {
    model_id: modelId,
    ...given({ prompt, max_new_tokens: maxNewTokens, enable_thinking: enableThinking }),
  };
  return forEachImage(scope, input, {
    operation: path === undefined ? "POST /infer/lmm" : "POST /infer/lmm/{model_id}",
    modelId,
    modelInBody: true,
    batches: true,
    request: ({ images }, { client, fields, query, send }) => {
      const body = { ...fields, ...own, image: images };
      return path === undefined
        ? promptLmm(client, body, query, send)
        : promptLmmByPath(client, path, body, query, send);
    },
    decode: (body) => checkAnswer<LmmResult>(body, { response: "anything" }),
  });
}

/** What `promptCogvlm` takes beside its image. */
export interface CogvlmOptions extends CoreModelOptions {
  /** What is asked. */
  readonly textPrompt: string;
  /** What was said before, oldest first. */
  readonly chatHistory?: readonly (readonly [prompt: string, answer: string])[] | undefined;
}

/** What CogVLM said. Unknown fields are kept. */
export interface CogvlmResult {
  readonly response: string;
  readonly time?: number | null;
}

/** Answers that a server without the route may give: another of its routes takes every path of two parts. */
const WITHOUT_ROUTE: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 410, 422, 500, 501]);

/** See `promptCogvlm` of the client. */
export async function promptCogvlm(
  scope: CallScope,
  image: ImageSource,
  options: CogvlmOptions,
): Promise<CogvlmResult> {
  checkOptions("promptCogvlm", options, { textPrompt: "text" }, { chatHistory: "list" });
  const { textPrompt, chatHistory } = options;
  requireMode("promptCogvlm", "v1", scope.state.mode);
  const route = { operation: "POST /llm/cogvlm", modelId: "cogvlm", modelInBody: true };
  try {
    const data = await requestOnce(scope, route, [image], ([wire], { fields: { api_key }, send }) =>
      promptCogvlmRoute(
        scope.core.address.baseUrl,
        {
          ...given({ api_key, history: chatHistory }),
          model_id: "cogvlm",
          prompt: textPrompt,
          image: wire,
        },
        send,
      ),
    );
    return checkAnswer<CogvlmResult>(data, { response: "text" });
  } catch (error) {
    if (!(error instanceof HTTPCallError) || !WITHOUT_ROUTE.has(error.status)) throw error;
    if (await isBeforeVersionOne(scope)) throw error;
    throw new FeatureDeprecatedError(
      `The server has no CogVLM any more (POST /llm/cogvlm was answered with ${error.status}).`,
      {
        cause: error,
        hint: 'Use inferLmm with another model, such as { modelId: "qwen25-vl-7b", prompt }.',
      },
    );
  }
}

/** No known document of a server from 1.5 on has the route; only servers of version 0 are taken to have it, so that their own errors reach the caller. */
async function isBeforeVersionOne(scope: CallScope): Promise<boolean> {
  const data = await askServerInfo(scope);
  return checkAnswer<{ readonly version: string }>(data, { version: "text" }).version.startsWith("0.");
}
