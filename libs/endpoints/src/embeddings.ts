import type { CoreModelEndpoint } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith } from "./endpoint-client.ts";

/** `POST /infer/embeddings`: what a classification model knows of an image as a vector. Servers since 1.7. */
export const embedImage: CoreModelEndpoint<"ImageEmbeddingRequest"> = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/infer/embeddings", { body, params: { query }, fetch: fetchWith(send) }));
