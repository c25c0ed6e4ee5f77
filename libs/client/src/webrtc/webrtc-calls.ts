import type { LiveSession, LiveSource } from "@inference-ts/webrtc";
import type { InferenceCall } from "../call/inference-call.ts";
import type { WebRTCStreamOptions } from "./stream-options.ts";

/** Live video. */
export interface WebRTCCalls {
  /**
   * Makes a session that sends live video to a worker of the server and brings its pictures and results back. Only the task of a
   * model is looked up now; the connection is made by `run`, `start`, `wait` or the first step of a loop.
   *
   * @param source - What `@inference-ts/sdk/webrtc` and `./webrtc/node` make: a camera, a file, frames of the caller.
   * @throws InvalidParameterError for settings that the server would refuse or that would end its worker without a word;
   *   HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError from the lookup of the task. The
   *   session itself throws what {@link LiveSession.run} says.
   * @example
   * ```ts no-run: needs a camera
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * import { rtspCamera } from "@inference-ts/sdk/webrtc";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * await using session = await client.webrtc.stream(rtspCamera("rtsp://camera.example/stream"), {
   *   modelId: "colours/1",
   *   taskType: "object-detection",
   * });
   * session.onData("predictions", (predictions, metadata) => console.log(metadata?.frameId, predictions));
   * console.log((await session.run()).reason);
   * ```
   */
  stream(source: LiveSource, options: WebRTCStreamOptions): InferenceCall<LiveSession>;
}
