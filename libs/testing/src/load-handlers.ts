import { MissingPeerError } from "@inference-ts/errors";
import type { RequestHandler } from "msw";
import type { InferenceHandlersOptions } from "./msw/handlers.ts";

/**
 * Request handlers for Mock Service Worker that play an Inference server with fixed, plausible answers: service, registry,
 * v1 and v0 inference routes. Every model id can be loaded; a list of images is answered with a list. Each call has a registry of its own.
 *
 * @throws MissingPeerError when the optional package `msw` (3) is not installed.
 * @example
 * ```ts no-run: needs msw
 * const server = setupServer(...(await loadInferenceHandlers({ apiUrl: "http://localhost:9001" })));
 * ```
 */
export async function loadInferenceHandlers(
  options: InferenceHandlersOptions = {},
): Promise<RequestHandler[]> {
  const { inferenceHandlers } = await import("./msw/handlers.ts").catch((cause: unknown) => {
    throw new MissingPeerError("msw", "request handlers that play a server", { cause });
  });
  return inferenceHandlers(options);
}
