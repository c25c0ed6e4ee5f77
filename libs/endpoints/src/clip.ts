import type { CoreModelEndpoint } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith } from "./endpoint-client.ts";

/** `POST /clip/embed_image`: one vector per image, all in one answer. */
export const embedClipImage: CoreModelEndpoint<"ClipImageEmbeddingRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(await client.POST("/clip/embed_image", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /clip/embed_text`: one vector per text, all in one answer. */
export const embedClipText: CoreModelEndpoint<"ClipTextEmbeddingRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(await client.POST("/clip/embed_text", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /clip/compare`: how alike a subject and prompts are; a map of prompts gives a map. */
export const compareClip: CoreModelEndpoint<"ClipCompareRequest"> = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/clip/compare", { body, params: { query }, fetch: fetchWith(send) }));
