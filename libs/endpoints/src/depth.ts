import { type CoreModelEndpoint, type CoreModelPathEndpoint, withModelId } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith } from "./endpoint-client.ts";

/** `POST /infer/depth-estimation`: how far away every pixel is. */
export const estimateDepth: CoreModelEndpoint<"DepthEstimationRequest"> = async (client, body, query, send) =>
  endpointAnswer(
    await client.POST("/infer/depth-estimation", { body, params: { query }, fetch: fetchWith(send) }),
  );

/** `POST /infer/depth-estimation/{model_id}`: the same with the model in the path. */
export const estimateDepthByPath: CoreModelPathEndpoint<"DepthEstimationRequest"> = async (
  client,
  modelId,
  body,
  query,
  send,
) =>
  endpointAnswer(
    await client.POST("/infer/depth-estimation/{model_id}", {
      body,
      params: { path: { model_id: modelId }, query },
      pathSerializer: withModelId(modelId),
      fetch: fetchWith(send),
    }),
  );
