import { InvalidResponseError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import { writeJsonBody } from "@inference-ts/transport";
import { oneObject, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { type ClientCore, createCore } from "../call/client-core.ts";
import { runCall } from "../call/run-call.ts";
import { sendRequest } from "../call/send-request.ts";
import type { CallOptions, HuggingFaceRuntime, InferenceClientOptions } from "../client-options.ts";
import { loadBytes } from "../request/load-input.ts";
import { mediaTypeOf } from "../request/media-type.ts";
import { JSON_TYPE } from "../request/run-task.ts";
import { readPicture, readSound } from "../tasks/picture-answer.ts";
import { checkRepoId, checkTask } from "./repo-task.ts";

/** Options of `InferenceApi.create`. */
export interface InferenceApiOptions
  extends Omit<InferenceClientOptions, "model" | "baseUrl" | "base_url" | "provider"> {
  /** A task other than that of the model's page. */
  readonly task?: string | null | undefined;
  /** Ask for a graphics card. Default false. */
  readonly gpu?: boolean | undefined;
}

/** What one call of an `InferenceApi` sends. */
export interface InferenceApiRequest extends Omit<CallOptions, "model"> {
  readonly inputs?: unknown;
  readonly params?: Readonly<Record<string, unknown>> | null | undefined;
  /** Bytes that are sent instead of `inputs` and `params`. */
  readonly data?: ImageSource | undefined;
  /** Give the answer as it is, whatever its status and form. */
  readonly rawResponse?: boolean | undefined;
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  /** Value of a header (any case), `null` when absent. */
  header(name: string): string | null;
  readonly body: Uint8Array;
}

/** How a model is asked for. */
interface ApiSeed {
  readonly core: ClientCore;
  readonly task: string;
  readonly apiUrl: string;
  readonly options: { readonly wait_for_model: boolean; readonly use_gpu: boolean };
}

/**
 * The client of before `InferenceClient` (Python: `InferenceApi`): one model of the serverless API, inputs and outputs as they are on the
 * wire. Made by `InferenceApi.create` of the entries, which asks the hub for the model's task.
 */
export class InferenceApiBase {
  readonly #core: ClientCore;
  /** The task that is asked for. */
  readonly task: string;
  readonly apiUrl: string;
  /** Sent with every JSON request. */
  readonly options: { readonly wait_for_model: boolean; readonly use_gpu: boolean };

  /** @internal */
  constructor(seed: ApiSeed) {
    this.#core = seed.core;
    this.task = seed.task;
    this.apiUrl = seed.apiUrl;
    this.options = seed.options;
  }

  /**
   * Sends inputs and gives the parsed answer: JSON as a value, pictures and sounds as a `Blob`.
   *
   * @throws HTTPCallError for an error status (not with `rawResponse`), InvalidResponseError for an answer of another kind, and as
   *   the methods of `InferenceClient`.
   */
  call(request: InferenceApiRequest & { readonly rawResponse: true }): Promise<RawAnswer>;
  call(request?: InferenceApiRequest): Promise<unknown>;
  call(request: InferenceApiRequest = {}): Promise<unknown> {
    return runCall(this.#core, "InferenceApi", request, (scope) => this.#send(scope, request));
  }

  async #send(
    scope: CallScope,
    { inputs, params, data, rawResponse = false }: InferenceApiRequest,
  ): Promise<unknown> {
    const bytes = data === undefined ? null : await loadBytes(scope, data);
    const hasParams = params !== undefined && params !== null && Object.keys(params).length > 0;
    const json = {
      options: this.options,
      ...(inputs === undefined || inputs === null ? {} : { inputs }),
      ...(hasParams ? { parameters: params } : {}),
    };
    const answer = await sendRequest(scope, {
      method: "POST",
      url: this.apiUrl,
      body: bytes ?? writeJsonBody(json),
      headers:
        bytes === null ? JSON_TYPE : { "content-type": mediaTypeOf(bytes) ?? "application/octet-stream" },
      waits: false,
      anyStatus: rawResponse,
    });
    if (rawResponse) {
      const { status, body } = answer;
      return { status, body, header: (name: string) => answer.header(name) };
    }
    const type = (answer.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
    if (type === "application/json") return readJson(answer, scope.operation);
    if (type.startsWith("image/")) return readPicture(answer, scope.operation);
    if (type.startsWith("audio/")) return readSound(answer, scope.operation);
    throw new InvalidResponseError(
      `The answer has the content type "${type}", neither JSON nor a picture or sound.`,
      { hint: "Pass rawResponse: true to read it yourself." },
    );
  }

  /** Releases the connections. */
  close(): Promise<void> {
    return this.#core.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Asks the hub for the task of a model, and checks the wanted one.
 *
 * @throws InvalidParameterError for a bad id or task, HTTPCallError, and as the methods of `InferenceClient`.
 */
export async function inferenceApiSeed(
  repoId: string,
  { task, gpu = false, ...options }: InferenceApiOptions,
  runtime: HuggingFaceRuntime,
): Promise<ApiSeed> {
  checkRepoId(repoId);
  const core = createCore({ ...options, model: repoId }, runtime);
  try {
    const { endpoints } = core.settings;
    const info = await runCall(core, "InferenceApi.create", {}, async (scope) => {
      const url = `${endpoints.hub}/api/models/${repoId}`;
      const answer = await sendRequest(scope, { method: "GET", url, body: null, waits: false });
      return oneObject(await readJson(answer, scope.operation), scope.operation);
    });
    const ofPage = typeof info.pipeline_tag === "string" ? info.pipeline_tag : null;
    const chosen = checkTask(task || null, ofPage);
    return {
      core,
      task: chosen,
      apiUrl: `${endpoints.inference}/pipeline/${chosen}/${repoId}`,
      options: { wait_for_model: true, use_gpu: gpu },
    };
  } catch (error) {
    await core.close();
    throw error;
  }
}
