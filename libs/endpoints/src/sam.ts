import { type CoreModelEndpoint, jsonOrBytes } from "./core-model-endpoint.ts";
import { fetchWith, rawAnswer } from "./endpoint-client.ts";

/** `POST /sam/embed_image`: the embedding that segmenting starts from; bytes with `format: binary`. */
export const embedSamImage: CoreModelEndpoint<"SamEmbeddingRequest"> = async (client, body, query, send) =>
  jsonOrBytes(
    rawAnswer(
      await client.POST("/sam/embed_image", {
        body,
        params: { query },
        parseAs: "stream",
        fetch: fetchWith(send),
      }),
    ),
  );

/** `POST /sam/segment_image`: masks for points; bytes with `format: binary`. */
export const segmentWithSam: CoreModelEndpoint<"SamSegmentationRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  jsonOrBytes(
    rawAnswer(
      await client.POST("/sam/segment_image", {
        body,
        params: { query },
        parseAs: "stream",
        fetch: fetchWith(send),
      }),
    ),
  );
