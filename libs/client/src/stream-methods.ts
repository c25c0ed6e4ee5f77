import type { ImageSource } from "@inference-ts/images";
import type { InferenceResult, ResultOf, TaskType } from "@inference-ts/predictions";
import { InferenceHTTPClientBase } from "./inference-http-client.ts";
import type { InferOnStreamOptions, OpenedInput, StreamItem, StreamSource } from "./stream/stream-options.ts";

/** The methods that take folders, videos and streams of images. */
export abstract class StreamMethods extends InferenceHTTPClientBase {
  /**
   * Runs a model on every picture of a folder, a glob pattern, a video, a camera, a list or an async iterable, and gives one result
   * **or error** for each, in order.
   *
   * Folders come in natural name order (`a2` before `a10`) with real letter case, each file once; folders inside with `recursive`. Videos
   * (node-av must be installed) give upright RGB frames with `timestampMs`; `index` is the frame's number. Nothing is read or
   * decoded further ahead than `maxConcurrentRequests` and a few finished results, and nothing after the loop is left or `signal` aborts.
   *
   * @param source - Path, pattern or address (`./node` only), number of a camera, or images.
   * @throws What concerns the whole call: no model, unknown model, nothing at the path, no video, abort, an error of the source itself
   *   (after the items before it); MissingPeerError without node-av.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({
   *   apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001",
   *   apiKey: "test-key",
   *   modelId: "colours/1",
   * });
   * for await (const item of client.inferOnStream(".", { recursive: true, maxConcurrentRequests: 4 })) {
   *   if (item.ok) console.log(item.index, item.input, item.result.task);
   *   else console.error(item.index, item.input, item.error.code);
   * }
   * ```
   */
  inferOnStream<Task extends TaskType>(
    source: string | URL | number,
    options: InferOnStreamOptions<Task> & { readonly task: Task },
  ): AsyncIterableIterator<StreamItem<ResultOf<Task>, OpenedInput>>;
  inferOnStream(
    source: string | URL | number,
    options?: InferOnStreamOptions,
  ): AsyncIterableIterator<StreamItem<InferenceResult, OpenedInput>>;
  inferOnStream<Task extends TaskType, Input extends ImageSource>(
    images: Iterable<Input> | AsyncIterable<Input>,
    options: InferOnStreamOptions<Task> & { readonly task: Task },
  ): AsyncIterableIterator<StreamItem<ResultOf<Task>, Input>>;
  inferOnStream<Input extends ImageSource>(
    images: Iterable<Input> | AsyncIterable<Input>,
    options?: InferOnStreamOptions,
  ): AsyncIterableIterator<StreamItem<InferenceResult, Input>>;
  inferOnStream(source: StreamSource, options: InferOnStreamOptions = {}): AsyncIterableIterator<StreamItem> {
    return this.iterate(
      "inferOnStream",
      options,
      Array.isArray(source) ? source.length : undefined,
      async (scope) => {
        const { inferPictures } = await import("./stream/infer-on-stream.ts");
        return inferPictures(scope, source, options);
      },
    );
  }
}
