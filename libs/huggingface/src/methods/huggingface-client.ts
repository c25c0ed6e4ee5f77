import type { CallOptions } from "../client-options.ts";
import type { ListDeployedModelsOptions } from "../hub/deployed-models.ts";
import type { ModelStatus } from "../hub/model-status.ts";
import { GenerationMethods } from "./generation-methods.ts";
import { hubTasks } from "./task-modules.ts";

/**
 * The client of Hugging Face's inference services and of every server that speaks like them (Python: `InferenceClient` of
 * huggingface_hub 0.27.1): the serverless API, Inference Endpoints, Text Generation Inference, Text Embeddings Inference, and servers
 * with OpenAI's chat route. One class for `InferenceClient` and `AsyncInferenceClient`: every method gives a promise.
 */
export class HuggingFaceClient extends GenerationMethods {
  /**
   * Tells how a model stands in the serverless API. Does not wait for it. Newer services have no such route: they answer 404.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for an address.
   *
   * @example
   * ```ts no-run: needs the serverless API
   * const client = new InferenceClient();
   * const { loaded, state } = await client.getModelStatus({ model: "user/model" });
   * console.log(loaded, state);
   * ```
   */
  getModelStatus(options: CallOptions = {}): Promise<ModelStatus> {
    return this.task(hubTasks, "getModelStatus", options);
  }

  /**
   * Asks an endpoint whether it is well (`/health`): true for status 200, false for any other answer.
   *
   * @throws InvalidParameterError for a model id, ServerConnectionError when nothing answers, InferenceTimeoutError, AbortedError.
   *
   * @example
   * ```ts no-run: needs an endpoint
   * const client = new InferenceClient({ model: "http://localhost:8080", token: false });
   * console.log(await client.healthCheck());
   * ```
   */
  healthCheck(options: CallOptions = {}): Promise<boolean> {
    return this.task(hubTasks, "healthCheck", options);
  }

  /**
   * What an endpoint tells about itself (`/info`): TGI and TEI have it, the default container of Inference Endpoints has not.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; ModelNotSelectedError when no model is named.
   *
   * @example
   * ```ts no-run: needs an endpoint
   * const client = new InferenceClient({ model: "http://localhost:8080", token: false });
   * console.log((await client.getEndpointInfo()).model_id);
   * ```
   */
  getEndpointInfo(options: CallOptions = {}): Promise<Record<string, unknown>> {
    return this.task(hubTasks, "getEndpointInfo", options);
  }

  /**
   * Models that the serverless API has deployed, by task.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidResponseError when a list has another form.
   *
   * @example
   * ```ts no-run: needs the serverless API
   * const client = new InferenceClient();
   * const models = await client.listDeployedModels({ frameworks: "text-generation-inference" });
   * console.log(models["text-generation"]);
   * ```
   */
  listDeployedModels(options: ListDeployedModelsOptions = {}): Promise<Record<string, string[]>> {
    return this.task(hubTasks, "listDeployedModels", options);
  }

  /**
   * The model that the hub recommends for a task, such as `object-detection`; what a call without a model uses. The hub is asked once per
   * client.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; ModelNotSelectedError when there is none.
   *
   * @example
   * ```ts no-run: needs the hub
   * const client = new InferenceClient();
   * console.log(await client.getRecommendedModel("object-detection"));
   * ```
   */
  getRecommendedModel(task: string, options: Omit<CallOptions, "model"> = {}): Promise<string> {
    return this.run("getRecommendedModel", options, (scope) =>
      import("../address/address-of-id.ts").then((hub) => hub.recommendedModel(scope, task)),
    );
  }
}
