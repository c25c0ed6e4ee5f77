import type { InferenceCall } from "./call/inference-call.ts";
import type { ActionRecognitionResult } from "./clips/action-recognition-result.ts";
import type { ClipSource, InferOnVideoOptions } from "./clips/clip-options.ts";
import { type ClientMode, requireMode } from "./modes/client-mode.ts";
import { StreamMethods } from "./stream-methods.ts";

/** The methods that take clips. */
export abstract class ClipMethods extends StreamMethods {
  /**
   * Runs an action recognition model on one clip: what happens in it, and when.
   *
   * A URL is handed to the server, which fetches the clip itself (by default only `https` with a public host name). A file
   * is streamed from disk, so that memory does not follow its length. The deadline is 660,000 ms unless another is set; a clip on
   * which the server worked too long (504) is not sent again.
   *
   * @throws ModelNotSelectedError, InvalidModelIdentifierError, APIKeyNotProvidedError, ModelTaskTypeNotSupportedError,
   *   InvalidInputFormatError, InvalidUrlInputError, InvalidParameterError before anything of the clip is sent.
   * @throws RouteNotAvailableError on servers before 1.6, HTTPCallError (413: the clip is too long or too large), ServerConnectionError,
   *   DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: needs a model for action recognition
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { timeline, source_fps } = await client.inferOnVideo("clip.mp4", { modelId: "my-actions/2" });
   * for (const span of timeline) console.log(span.class, (span.start_frame_idx ?? 0) / source_fps, "s");
   * ```
   */
  inferOnVideo(video: ClipSource, options: InferOnVideoOptions = {}): InferenceCall<ActionRecognitionResult> {
    return this.#inferOnVideo("inferOnVideo", video, options);
  }

  /** `inferOnVideo` through the hosted route by model id, whatever mode is selected. Takes and throws the same. */
  inferOnVideoFromApiV0(
    video: ClipSource,
    options: InferOnVideoOptions = {},
  ): InferenceCall<ActionRecognitionResult> {
    return this.#inferOnVideo("inferOnVideoFromApiV0", video, options, "v0");
  }

  /**
   * `inferOnVideo` through the route of self-hosted servers. Takes and throws the same.
   *
   * @throws WrongClientModeError in mode v0.
   */
  inferOnVideoFromApiV1(
    video: ClipSource,
    options: InferOnVideoOptions = {},
  ): InferenceCall<ActionRecognitionResult> {
    return this.#inferOnVideo("inferOnVideoFromApiV1", video, options, undefined, "v1");
  }

  #inferOnVideo(
    method: string,
    video: ClipSource,
    options: InferOnVideoOptions,
    mode?: ClientMode,
    needed?: ClientMode,
  ): InferenceCall<ActionRecognitionResult> {
    return this.call(
      method,
      options,
      async (scope) => {
        if (needed !== undefined) requireMode(method, needed, scope.state.mode);
        const { inferOnVideo } = await import("./clips/infer-on-video.ts");
        return inferOnVideo(scope, video, options);
      },
      mode,
    );
  }
}
