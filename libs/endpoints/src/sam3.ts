import type { CoreModelEndpoint } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith } from "./endpoint-client.ts";

/** `POST /sam3/embed_image`: computes and keeps the embedding of an image on the server. */
export const embedSam3Image: CoreModelEndpoint<"Sam2EmbeddingRequest"> = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/sam3/embed_image", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /sam3/concept_segment`: masks of everything that a text or example boxes mean. */
export const segmentConcepts: CoreModelEndpoint<"Sam3SegmentationRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(
    await client.POST("/sam3/concept_segment", { body, params: { query }, fetch: fetchWith(send) }),
  );

/** `POST /sam3/visual_segment`: masks for boxes and points. */
export const segmentVisually: CoreModelEndpoint<"Sam2SegmentationRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(
    await client.POST("/sam3/visual_segment", { body, params: { query }, fetch: fetchWith(send) }),
  );

/** `POST /sam3_3d/infer`: meshes and splats of masked objects. */
export const reconstructObjects: CoreModelEndpoint<"Sam3_3D_Objects_InferenceRequest"> = async (
  client,
  body,
  query,
  send,
) => endpointAnswer(await client.POST("/sam3_3d/infer", { body, params: { query }, fetch: fetchWith(send) }));
