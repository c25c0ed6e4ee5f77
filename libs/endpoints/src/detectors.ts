import type { CoreModelEndpoint } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith } from "./endpoint-client.ts";

/** `POST /yolo_world/infer`: boxes of the named classes. */
export const detectWithYoloWorld: CoreModelEndpoint<"YOLOWorldInferenceRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(await client.POST("/yolo_world/infer", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /grounding_dino/infer`: boxes of what the texts name. */
export const detectWithGroundingDino: CoreModelEndpoint<"GroundingDINOInferenceRequest"> = async (
  client,
  body,
  query,
  send,
) =>
  endpointAnswer(
    await client.POST("/grounding_dino/infer", { body, params: { query }, fetch: fetchWith(send) }),
  );

/** `POST /owlv2/infer`: boxes of what the example boxes show. */
export const detectWithOwlv2: CoreModelEndpoint<"OwlV2InferenceRequest"> = async (
  client,
  body,
  query,
  send,
) => endpointAnswer(await client.POST("/owlv2/infer", { body, params: { query }, fetch: fetchWith(send) }));
