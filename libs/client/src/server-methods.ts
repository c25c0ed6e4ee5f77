import type { InferenceCall } from "./call/inference-call.ts";
import type { ServerCheck } from "./capabilities/check-server.ts";
import type { CallOptions } from "./client-options.ts";
import { createEndpoints, type Endpoints } from "./raw/endpoints.ts";
import { WebRTCMethods } from "./webrtc-methods.ts";

/** What concerns the server itself: what it offers, and every operation that it has. */
export abstract class ServerMethods extends WebRTCMethods {
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
