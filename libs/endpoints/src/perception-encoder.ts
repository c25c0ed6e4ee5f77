import type { CoreModelEndpoint } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith } from "./endpoint-client.ts";

/** `POST /perception_encoder/embed_image`: one vector per image, all in one answer. */
export const embedPerceptionImage: CoreModelEndpoint<"PerceptionEncoderImageEmbeddingRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(
    await client.POST("/perception_encoder/embed_image", { body, params: { query }, fetch: fetchWith(send) }),
  );

/** `POST /perception_encoder/embed_text`: one vector per text, all in one answer. */
export const embedPerceptionText: CoreModelEndpoint<"PerceptionEncoderTextEmbeddingRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(
    await client.POST("/perception_encoder/embed_text", { body, params: { query }, fetch: fetchWith(send) }),
  );

/** `POST /perception_encoder/compare`: how alike a subject and prompts are; a map of prompts gives a map. */
export const comparePerception: CoreModelEndpoint<"PerceptionEncoderCompareRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(
    await client.POST("/perception_encoder/compare", { body, params: { query }, fetch: fetchWith(send) }),
  );
