import { type CoreModelEndpoint, type CoreModelPathEndpoint, withModelId } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith } from "./endpoint-client.ts";

/** `POST /infer/lmm`: what a multimodal model says of an image. */
export const promptLmm: CoreModelEndpoint<"LMMInferenceRequest"> = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/infer/lmm", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /infer/lmm/{model_id}`: the same with the model in the path. */
export const promptLmmByPath: CoreModelPathEndpoint<"LMMInferenceRequest"> = async (
  client,
  modelId,
  body,
  query,
  send,
) =>
  endpointAnswer(
    await client.POST("/infer/lmm/{model_id}", {
      body,
      params: { path: { model_id: modelId }, query },
      pathSerializer: withModelId(modelId),
      fetch: fetchWith(send),
    }),
  );
