import type { LegacyInferenceQuery, Schema } from "@inference-ts/schema";
import type { StreamBody } from "@inference-ts/transport";
import {
  type EndpointAnswer,
  type EndpointClient,
  endpointAnswer,
  fetchWith,
  type SendRequest,
} from "./endpoint-client.ts";
import type { InferTaskQuery } from "./infer-tasks.ts";

/** Body of `POST /infer/action_recognition`. */
export type ActionRecognitionRequest = Schema<"ActionRecognitionInferenceRequest">;

/** A clip as the whole body of the v0 route. */
export interface LegacyClipBody {
  readonly data: Uint8Array | StreamBody;
  /** `multipart/form-data; boundary=...` for the clip's own bytes; anything else is read as base64 text. */
  readonly contentType: string;
}

/**
 * `POST /infer/action_recognition` (servers since 1.6): when something happens in a clip. Source: the HTTP API of server 1.8.3.
 *
 * @param body - The request, or its JSON text, ready or produced while it is sent.
 */
export async function recogniseActions(
  client: EndpointClient,
  body: ActionRecognitionRequest | Uint8Array | StreamBody,
  query: InferTaskQuery,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.POST("/infer/action_recognition", {
      // Bytes and streams are the JSON text of such a request.
      body: body as ActionRecognitionRequest,
      params: { query },
      fetch: fetchWith(send),
    }),
  );
}

/**
 * `POST /{dataset_id}/{version_id}` with a clip. Without a body the query names the address of the clip. Source: the HTTP API of
 * server 1.8.3.
 */
export async function legacyRecogniseActions(
  client: EndpointClient,
  path: { readonly dataset_id: string; readonly version_id: string },
  body: LegacyClipBody | null,
  query: LegacyInferenceQuery,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.POST("/{dataset_id}/{version_id}", {
      params: { path, query },
      // The document types the body as text, the route takes bytes.
      ...(body === null ? {} : { body: body.data as unknown as string }),
      // Without a body Python names this type too.
      headers: { "content-type": body?.contentType ?? "application/json" },
      fetch: fetchWith(send),
    }),
  );
}
