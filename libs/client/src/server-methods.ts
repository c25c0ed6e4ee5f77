import type { InferenceCall } from "./call/inference-call.ts";
import type { ServerCheck } from "./capabilities/check-server.ts";
import type { CallOptions } from "./client-options.ts";
import { PipelineMethods } from "./pipeline-methods.ts";
import { createEndpoints, type Endpoints } from "./raw/endpoints.ts";
import type { WebRTCCalls } from "./webrtc/webrtc-calls.ts";

/** What concerns the server as a whole: what it offers, live video, and every operation that it has. */
export abstract class ServerMethods extends PipelineMethods {
  /**
   * Says what the server offers: version, routes, and for every method of this client whether it will work there and why not.
   *
   * The routes are those of the server's own OpenAPI document where it can be read (up to 8 MiB), else those of the known documents of
   * its version. Works in both modes and without a key.
   *
   * @throws ServerConnectionError, DeadlineExceededError, AbortedError when the server does not answer.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001" });
   * const { version, methods } = await client.checkServer();
   * console.log(version, methods.inferOnVideo?.available, methods.inferOnVideo?.reason);
   * ```
   */
  checkServer(options: CallOptions = {}): InferenceCall<ServerCheck> {
    return this.call("checkServer", options, async (scope) => {
      const { checkServer } = await import("./capabilities/check-server.ts");
      return checkServer(scope);
    });
  }

  /** Live video over WebRTC: cameras, files and frames of the caller. */
  get webrtc(): WebRTCCalls {
    return {
      stream: (source, options) =>
        this.call("webrtc.stream", options, async (scope) => {
          const { openLiveSession } = await import("./webrtc/open-session.ts");
          return openLiveSession(scope, source, options);
        }),
    };
  }

  /**
   * Every operation of the server's OpenAPI document, for what no method wraps yet.
   *
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001" });
   * const { version } = await client.endpoints.GET("/info");
   * console.log(version);
   * ```
   */
  get endpoints(): Endpoints {
    return createEndpoints((method, options, run) => this.call(method, options, run));
  }
}
