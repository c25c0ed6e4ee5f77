import { HTTPCallError, isInferenceError, ServerConnectionError } from "@inference-ts/errors";

/**
 * The error of a call, or in its place one that says that the server does not have the route, or that code is missing.
 *
 * A server without a route answers 404 or 405, or takes a path of two parts for a model: its answer then names that "model", or
 * complains about an image that was not asked for. Source: seen of server 1.8.3, whose route
 * `/{dataset_id}/{version_id}` takes every such path that it does not know.
 */
export async function explainFailure(error: unknown, baseUrl: string): Promise<unknown> {
  if (!isInferenceError(error) && MISSING_PART.test(String(error))) {
    return new ServerConnectionError("A part of this package could not be loaded.", {
      cause: error,
      hint: "Check the connection, and that the page's files were not replaced; then load the page again.",
    });
  }
  if (!(error instanceof HTTPCallError)) return error;
  const { serverMessage = "", modelId, url } = error;
  if (!(FRAMEWORK_ANSWER.test(serverMessage) || (modelId !== undefined && url === `${baseUrl}/${modelId}`)))
    return error;
  const { missingRoute } = await import("./missing-route.ts");
  return missingRoute(error, baseUrl);
}

/** How Chromium, Firefox, Safari and bundlers call the failure of an `import()`, which has no type of its own. */
const MISSING_PART = /dynamically imported module|Importing a module script failed|ChunkLoadError/;

/** What no handler of a route says. */
const FRAMEWORK_ANSWER = /^(Not Found|Method Not Allowed|Content-Type header not provided with request\.)$/;
