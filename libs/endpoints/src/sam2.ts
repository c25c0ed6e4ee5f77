import { type CoreModelEndpoint, jsonOrBytes } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith, rawAnswer } from "./endpoint-client.ts";

/** `POST /sam2/embed_image`: computes and keeps the embedding of an image on the server. */
export const embedSam2Image: CoreModelEndpoint<"Sam2EmbeddingRequest"> = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/sam2/embed_image", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /sam2/segment_image`: masks for boxes and points; bytes with `format: binary`. */
export const segmentWithSam2: CoreModelEndpoint<"Sam2SegmentationRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  jsonOrBytes(
    rawAnswer(
      await client.POST("/sam2/segment_image", {
        body,
        params: { query },
        parseAs: "stream",
        fetch: fetchWith(send),
      }),
    ),
  );
