import type { LegacyInferenceQuery } from "@inference-ts/schema";
import type { Answer, BodyHole } from "@inference-ts/transport";
import {
  type EndpointClient,
  fetchWith,
  parseJsonAnswer,
  rawAnswer,
  type SendRequest,
} from "./endpoint-client.ts";

/** What the v0 route answers: JSON, or with `format=image` a drawn picture. */
export type LegacyInferAnswer =
  | { readonly kind: "json"; readonly data: unknown; readonly answer: Answer }
  | { readonly kind: "picture"; readonly bytes: Uint8Array; readonly answer: Answer };

/**
 * `POST /{dataset_id}/{version_id}`: one image by model id (v0). The body is bare base64 text although its content type
 * says JSON, as the Python client 1.8.3 sends it; without an image it is empty and the
 * query names the address of the image.
 */
export async function legacyInfer(
  client: EndpointClient,
  path: { readonly dataset_id: string; readonly version_id: string },
  image: BodyHole | null,
  query: LegacyInferenceQuery,
  send: SendRequest,
): Promise<LegacyInferAnswer> {
  const answer = rawAnswer(
    await client.POST("/{dataset_id}/{version_id}", {
      params: { path, query },
      // The document types the body as text; the hole is that text, written straight into the request.
      ...(image === null ? {} : { body: image as unknown as string }),
      parseAs: "stream",
      fetch: fetchWith(send),
    }),
  );
  const type = answer.header("content-type") ?? "";
  if (type.toLowerCase().startsWith("image/")) return { kind: "picture", bytes: answer.body, answer };
  return { kind: "json", data: await parseJsonAnswer(answer), answer };
}
