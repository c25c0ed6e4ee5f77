import type {
  ClassificationInferenceRequest,
  InstanceSegmentationInferenceRequest,
  KeypointsDetectionInferenceRequest,
  ObjectDetectionInferenceRequest,
  SemanticSegmentationInferenceRequest,
} from "@inference-ts/schema";
import {
  type EndpointAnswer,
  type EndpointClient,
  endpointAnswer,
  fetchWith,
  type SendRequest,
} from "./endpoint-client.ts";

/** The request model of each task's route. */
export interface InferTaskRequests {
  readonly "object-detection": ObjectDetectionInferenceRequest;
  readonly "instance-segmentation": InstanceSegmentationInferenceRequest;
  readonly "keypoint-detection": KeypointsDetectionInferenceRequest;
  readonly classification: ClassificationInferenceRequest;
  readonly "semantic-segmentation": SemanticSegmentationInferenceRequest;
}

/** The tasks that have a route of their own. */
export type InferTask = keyof InferTaskRequests;

/** What every route of a task must be given; the rest of the request model is optional. */
export type InferTaskBody<T extends InferTask> = Partial<InferTaskRequests[T]> &
  Pick<ObjectDetectionInferenceRequest, "model_id" | "image">;

/** The query that the task routes take. */
export interface InferTaskQuery {
  readonly countinference?: boolean;
  readonly service_secret?: string;
}

type InferTaskEndpoint<T extends InferTask> = (
  client: EndpointClient,
  body: InferTaskBody<T>,
  query: InferTaskQuery,
  send: SendRequest,
) => Promise<EndpointAnswer<unknown>>;

/**
 * The routes of self-hosted servers that run a model of a task: one image gives an object, a list of images a list
 * (seen of server 1.8.3, whose document declares the list for object detection alone).
 */
export const INFER_TASK_ENDPOINTS: { readonly [T in InferTask]: InferTaskEndpoint<T> } = {
  "object-detection": async (client, body, query, send) =>
    endpointAnswer(
      await client.POST("/infer/object_detection", { body, params: { query }, fetch: fetchWith(send) }),
    ),
  "instance-segmentation": async (client, body, query, send) =>
    endpointAnswer(
      await client.POST("/infer/instance_segmentation", { body, params: { query }, fetch: fetchWith(send) }),
    ),
  "keypoint-detection": async (client, body, query, send) =>
    endpointAnswer(
      await client.POST("/infer/keypoints_detection", { body, params: { query }, fetch: fetchWith(send) }),
    ),
  classification: async (client, body, query, send) =>
    endpointAnswer(
      await client.POST("/infer/classification", { body, params: { query }, fetch: fetchWith(send) }),
    ),
  "semantic-segmentation": async (client, body, query, send) =>
    endpointAnswer(
      await client.POST("/infer/semantic_segmentation", { body, params: { query }, fetch: fetchWith(send) }),
    ),
};
