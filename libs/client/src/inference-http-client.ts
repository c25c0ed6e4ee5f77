import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import type { InferenceResult, ResultOf, TaskType } from "@inference-ts/predictions";
import { type CallScope, startCall } from "./call/call-scope.ts";
import { stateForCall } from "./call/call-state.ts";
import type { InferenceEventListener } from "./call/events.ts";
import type { InferenceCall } from "./call/inference-call.ts";
import {
  type ClientCore,
  type ClientSeed,
  type ClientState,
  checkMode,
  checkTimeout,
  ClientSeed as Seed,
} from "./client-core.ts";
import type { CallOptions } from "./client-options.ts";
import type { InferenceConfiguration, InferenceConfigurationInput } from "./configuration/configuration.ts";
import { createConfiguration } from "./configuration/create-configuration.ts";
import type { InferEachItem, InferOptions } from "./infer/infer-options.ts";
import type { ModelDescription, RegisteredModels, ServerInfo } from "./models/decode-models.ts";
import { chooseModelId, resolveModelId } from "./models/model-id.ts";
import { type ClientMode, requireMode } from "./modes/client-mode.ts";

/** What a derived client has differently. */
export interface DerivedClientOptions {
  readonly modelId?: string | undefined;
  readonly apiMode?: ClientMode | undefined;
  /** Over the configuration of the client it is derived from. */
  readonly configuration?: InferenceConfigurationInput | undefined;
  /** Deadline in milliseconds; `null` = none. */
  readonly timeoutMs?: number | null | undefined;
}

/**
 * A client of one Inference server. Made by the entries of the package (`InferenceHTTPClient`), which bring the runtime.
 *
 * Method names are those of the Python client in camelCase; every pair `x` / `x_async` is one method that returns a promise.
 * A client may be used by any number of concurrent calls.
 */
export abstract class InferenceHTTPClientBase {
  readonly #core: ClientCore;
  #state: ClientState;

  protected constructor(seed: ClientSeed) {
    this.#core = seed.core;
    this.#state = seed.state;
  }

  /** Address of the server without a trailing slash. */
  get apiUrl(): string {
    return this.#core.address.baseUrl;
  }

  /** Generation of the API that calls use. */
  get clientMode(): ClientMode {
    return this.#state.mode;
  }

  get configuration(): InferenceConfiguration {
    return this.#state.configuration;
  }

  /** Model that calls use when they name none. */
  get selectedModel(): string | null {
    return this.#state.modelId;
  }

  /**
   * Replaces the whole configuration of this client; fields left out get their defaults.
   *
   * @throws InvalidParameterError for an unknown field or a value that is not allowed.
   */
  configure(configuration: InferenceConfigurationInput): this {
    this.#state = { ...this.#state, configuration: createConfiguration(configuration) };
    return this;
  }

  /** Uses the hosted route by model id from now on. */
  selectApiV0(): this {
    this.#state = { ...this.#state, mode: "v0" };
    return this;
  }

  /** Uses the routes by task from now on. */
  selectApiV1(): this {
    this.#state = { ...this.#state, mode: "v1" };
    return this;
  }

  /** Uses this model where a call names none. */
  selectModel(modelId: string): this {
    this.#state = { ...this.#state, modelId };
    return this;
  }

  /**
   * A client with other settings on the same connection, key and cache. This client is not changed, so concurrent work with
   * both is safe. Closing either closes the connection of both.
   *
   * @throws InvalidParameterError for a value that is not allowed.
   */
  with(options: DerivedClientOptions): this {
    const { modelId, apiMode, configuration, timeoutMs } = options;
    checkMode(apiMode);
    checkTimeout(timeoutMs);
    const state: ClientState = {
      mode: apiMode ?? this.#state.mode,
      modelId: modelId ?? this.#state.modelId,
      configuration:
        configuration === undefined
          ? this.#state.configuration
          : createConfiguration(configuration, this.#state.configuration),
      timeoutMs: timeoutMs === undefined ? this.#state.timeoutMs : timeoutMs,
    };
    // TypeScript has no type for "the class of this"; every entry's class takes a seed where it takes options.
    const Client = this.constructor as new (seed: ClientSeed) => this;
    return new Client(new Seed(this.#core, state));
  }

  /** Runs `work` with a derived client that uses this model. */
  async useModel<T>(modelId: string, work: (client: this) => Promise<T>): Promise<T> {
    return work(this.with({ modelId }));
  }

  /** Runs `work` with a derived client that has this configuration; fields left out get their defaults. */
  async useConfiguration<T>(
    configuration: InferenceConfigurationInput,
    work: (client: this) => Promise<T>,
  ): Promise<T> {
    return work(this.with({}).configure(configuration));
  }

  /** Runs `work` with a derived client in mode v0. */
  async useApiV0<T>(work: (client: this) => Promise<T>): Promise<T> {
    return work(this.with({ apiMode: "v0" }));
  }

  /** Runs `work` with a derived client in mode v1. */
  async useApiV1<T>(work: (client: this) => Promise<T>): Promise<T> {
    return work(this.with({ apiMode: "v1" }));
  }

  /**
   * Runs a model on one image, or on each image of a list.
   *
   * One image gives one result, a list a list of the same length and order, also for one element. Coordinates are pixels of the
   * given image, whether it was shrunk for sending or not. In a list the first failure cancels the rest; `inferEach` keeps what
   * succeeded.
   *
   * @throws ModelNotSelectedError, InvalidModelIdentifierError, APIKeyNotProvidedError, ModelTaskTypeNotSupportedError,
   *   InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError before anything of the image is sent.
   * @throws HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({
   *   apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001",
   *   apiKey: "test-key",
   * });
   * const result = await client.infer("street.jpg", { modelId: "colours/1", task: "object-detection" });
   * for (const box of result.predictions) console.log(box.class, box.confidence, box.x, box.y);
   * ```
   */
  infer<Task extends TaskType>(
    image: ImageSource,
    options: InferOptions<Task> & { readonly task: Task },
  ): InferenceCall<ResultOf<Task>>;
  infer<Task extends TaskType>(
    images: readonly ImageSource[],
    options: InferOptions<Task> & { readonly task: Task },
  ): InferenceCall<ResultOf<Task>[]>;
  infer(image: ImageSource, options?: InferOptions): InferenceCall<InferenceResult>;
  infer(images: readonly ImageSource[], options?: InferOptions): InferenceCall<InferenceResult[]>;
  infer(
    input: ImageSource | readonly ImageSource[],
    options: InferOptions = {},
  ): InferenceCall<InferenceResult | InferenceResult[]> {
    return this.#infer("infer", this.#state, input, options);
  }

  /** `infer` through the hosted route by model id, whatever mode is selected. Takes and throws the same. */
  inferFromApiV0<Task extends TaskType>(
    image: ImageSource,
    options: InferOptions<Task> & { readonly task: Task },
  ): InferenceCall<ResultOf<Task>>;
  inferFromApiV0<Task extends TaskType>(
    images: readonly ImageSource[],
    options: InferOptions<Task> & { readonly task: Task },
  ): InferenceCall<ResultOf<Task>[]>;
  inferFromApiV0(image: ImageSource, options?: InferOptions): InferenceCall<InferenceResult>;
  inferFromApiV0(images: readonly ImageSource[], options?: InferOptions): InferenceCall<InferenceResult[]>;
  inferFromApiV0(
    input: ImageSource | readonly ImageSource[],
    options: InferOptions = {},
  ): InferenceCall<InferenceResult | InferenceResult[]> {
    return this.#infer("inferFromApiV0", { ...this.#state, mode: "v0" }, input, options);
  }

  /**
   * `infer` through the routes by task. Takes and throws the same.
   *
   * @throws WrongClientModeError in mode v0.
   */
  inferFromApiV1<Task extends TaskType>(
    image: ImageSource,
    options: InferOptions<Task> & { readonly task: Task },
  ): InferenceCall<ResultOf<Task>>;
  inferFromApiV1<Task extends TaskType>(
    images: readonly ImageSource[],
    options: InferOptions<Task> & { readonly task: Task },
  ): InferenceCall<ResultOf<Task>[]>;
  inferFromApiV1(image: ImageSource, options?: InferOptions): InferenceCall<InferenceResult>;
  inferFromApiV1(images: readonly ImageSource[], options?: InferOptions): InferenceCall<InferenceResult[]>;
  inferFromApiV1(
    input: ImageSource | readonly ImageSource[],
    options: InferOptions = {},
  ): InferenceCall<InferenceResult | InferenceResult[]> {
    return this.#infer("inferFromApiV1", this.#state, input, options, "v1");
  }

  /**
   * Runs a model on every image of a list or stream and gives one result **or error** for each, in order.
   *
   * Images are taken from the source as their turn comes, so memory follows the window of concurrent requests. Leaving the loop
   * ends the running requests.
   *
   * @throws What concerns the whole call: no model, unknown model, abort, ClosedError, an error of the source itself; after the
   *   items before it.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({
   *   apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001",
   *   apiKey: "test-key",
   *   modelId: "colours/1",
   * });
   * for await (const item of client.inferEach(["street.jpg", "missing.jpg"], { maxConcurrentRequests: 8 })) {
   *   if (item.ok) console.log(item.input, item.result.task);
   *   else console.error(item.input, item.error.code);
   * }
   * ```
   */
  inferEach<Task extends TaskType, Input extends ImageSource>(
    images: Iterable<Input> | AsyncIterable<Input>,
    options: InferOptions<Task> & { readonly task: Task },
  ): AsyncIterableIterator<InferEachItem<ResultOf<Task>, Input>>;
  inferEach<Input extends ImageSource>(
    images: Iterable<Input> | AsyncIterable<Input>,
    options?: InferOptions,
  ): AsyncIterableIterator<InferEachItem<InferenceResult, Input>>;
  inferEach(
    images: Iterable<ImageSource> | AsyncIterable<ImageSource>,
    options: InferOptions = {},
  ): AsyncIterableIterator<InferEachItem> {
    if (typeof images === "string" || images instanceof Uint8Array) {
      throw new InvalidParameterError("inferEach takes a list or a stream of images, not one image.", {
        hint: "Use infer for one image.",
      });
    }
    return this.iterate("inferEach", options, lengthOf(images), async (scope) => {
      const { inferEachImage } = await loadLists();
      return inferEachImage(scope, images, options);
    });
  }

  /** Name, version and instance id of the server. Works in both modes and without a key. */
  getServerInfo(options: CallOptions = {}): InferenceCall<ServerInfo> {
    return this.call("getServerInfo", options, async (scope) => {
      const { requestServerInfo } = await import("./models/server-info.ts");
      return requestServerInfo(scope);
    });
  }

  /**
   * What the server says of a model: task, batch size, input size. Loads the model first unless `allowLoading` is false.
   * Answers are kept until the model is unloaded or the server refuses it.
   *
   * @throws WrongClientModeError in mode v0.
   * @throws ModelNotSelectedError, ModelNotInitializedError when there is no such loaded model.
   */
  getModelDescription(
    modelId?: string,
    options: CallOptions & { readonly allowLoading?: boolean | undefined } = {},
  ): InferenceCall<ModelDescription> {
    return this.call("getModelDescription", options, async (scope) => {
      requireMode("getModelDescription", "v1", scope.state.mode);
      const id = await chooseModelId(modelId, scope.state.modelId);
      const { describeModel } = await loadModels();
      return describeModel(scope, id, options.allowLoading ?? true);
    });
  }

  /**
   * The models that are loaded now.
   *
   * @throws WrongClientModeError in mode v0.
   */
  listLoadedModels(options: CallOptions = {}): InferenceCall<RegisteredModels> {
    return this.call("listLoadedModels", options, async (scope) => {
      requireMode("listLoadedModels", "v1", scope.state.mode);
      const { requestModelList } = await loadModels();
      return requestModelList(scope);
    });
  }

  /**
   * Makes the server load a model; the deadline is 600,000 ms unless another is set. With `setAsDefault` the resolved id becomes
   * this client's selected model.
   *
   * @throws WrongClientModeError in mode v0.
   */
  loadModel(
    modelId: string,
    options: CallOptions & { readonly setAsDefault?: boolean | undefined } = {},
  ): InferenceCall<RegisteredModels> {
    return this.call("loadModel", options, async (scope) => {
      requireMode("loadModel", "v1", scope.state.mode);
      const id = await chooseModelId(modelId, null);
      const { requestModelLoad } = await loadModels();
      const models = await requestModelLoad(scope, id);
      if (options.setAsDefault === true) this.selectModel(id);
      return models;
    });
  }

  /**
   * Makes the server drop a model. When it is this client's selected model, the selection is cleared.
   *
   * @throws WrongClientModeError in mode v0.
   */
  unloadModel(modelId: string, options: CallOptions = {}): InferenceCall<RegisteredModels> {
    return this.call("unloadModel", options, async (scope) => {
      requireMode("unloadModel", "v1", scope.state.mode);
      const id = await chooseModelId(modelId, null);
      const { requestModelUnload } = await import("./models/unload-models.ts");
      const models = await requestModelUnload(scope, id);
      const selected = this.#state.modelId;
      if (selected !== null && (selected === modelId || (await resolveModelId(selected)) === id))
        this.#clearSelection();
      return models;
    });
  }

  /**
   * Makes the server drop every model and clears this client's selection.
   *
   * @throws WrongClientModeError in mode v0.
   */
  unloadAllModels(options: CallOptions = {}): InferenceCall<RegisteredModels> {
    return this.call("unloadAllModels", options, async (scope) => {
      requireMode("unloadAllModels", "v1", scope.state.mode);
      const { requestModelClear } = await import("./models/unload-models.ts");
      const models = await requestModelClear(scope);
      this.#clearSelection();
      return models;
    });
  }

  /**
   * Tells `listener` about every station of every call of this client and of those derived from it. No event holds a key, an
   * image or a result.
   *
   * @returns A function that ends it.
   */
  observe(listener: InferenceEventListener): () => void {
    return this.#core.events.add(listener);
  }

  /**
   * Releases the connections. Running calls fail, later calls throw ClosedError. May be called twice.
   *
   * Over `fetch`, the transport outside of `./node`, idle connections belong to the runtime, which shares them between all its
   * clients and gives no way to close those of one: they end when the runtime lets them, in Node after some seconds.
   */
  close(): Promise<void> {
    return this.#core.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #clearSelection(): void {
    this.#state = { ...this.#state, modelId: null };
  }

  /**
   * Runs a public method with this client's connection and state, `mode` in place of its own and the call's settings over it.
   *
   * @param images - How many images the call is about.
   */
  protected call<T>(
    method: string,
    options: InferOptions,
    run: (scope: CallScope) => Promise<T>,
    mode: ClientMode = this.#state.mode,
    images?: number,
  ): InferenceCall<T> {
    return startCall(() => {
      const state = stateForCall({ ...this.#state, mode }, options);
      return { core: this.#core, state, method, options, images };
    }, run);
  }

  /**
   * Runs a public method that gives items one by one. Leaving the loop ends the running requests, the caller's signal likewise.
   *
   * @param images - How many images the call is about, where that is known.
   */
  protected iterate<T>(
    method: string,
    options: InferOptions,
    images: number | undefined,
    run: (scope: CallScope) => Promise<AsyncIterable<T>>,
  ): AsyncIterableIterator<T> {
    const state = stateForCall(this.#state, options);
    const start = { core: this.#core, state, method, options, images };
    const leaving = new AbortController();
    let items: Promise<AsyncGenerator<T, void, undefined>> | undefined;
    const opened = () => {
      items ??= import("./call/iterate-items.ts").then(({ iterateItems }) =>
        iterateItems(start, leaving.signal, run),
      );
      return items;
    };
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => (await opened()).next(),
      return: async () => {
        // The generator's own return() would wait for the item that is being worked on.
        leaving.abort();
        return (await opened()).return();
      },
    };
  }

  #infer(
    method: string,
    state: ClientState,
    input: ImageSource | readonly ImageSource[],
    options: InferOptions,
    needed?: ClientMode,
  ): InferenceCall<InferenceResult | InferenceResult[]> {
    return startCall<InferenceResult | InferenceResult[]>(
      () => ({
        core: this.#core,
        state: stateForCall(state, options),
        method,
        options,
        images: isList(input) ? input.length : 1,
      }),
      async (scope) => {
        if (needed !== undefined) requireMode(method, needed, scope.state.mode);
        if (!isList(input)) {
          inferring ??= await import("./infer/infer-one.ts");
          return inferring.inferOne(scope, input, options);
        }
        const { inferAll } = await loadLists();
        return inferAll(scope, input.flat(Number.POSITIVE_INFINITY), options);
      },
    );
  }
}

/** Loaded with the first inference and kept at hand: asking for a module costs more than the rest of this method. */
let inferring: typeof import("./infer/infer-one.ts") | undefined;

const loadModels = () => import("./models/manage-models.ts");

/** Loaded with the first list, so that a page that sends single images does not carry it. */
const loadLists = () => import("./infer/infer-list.ts");

function isList(input: ImageSource | readonly ImageSource[]): input is readonly ImageSource[] {
  return Array.isArray(input);
}

function lengthOf(images: Iterable<ImageSource> | AsyncIterable<ImageSource>): number | undefined {
  return Array.isArray(images) ? images.length : undefined;
}
