/**
 * Types of the Inference server's HTTP API, generated from its OpenAPI document. No code at run time.
 *
 * Field names are the wire names. Pixel values are in the coordinates of the image that was sent; `x` and `y` of a
 * detection are the centre of its box.
 */
import type { components, operations, paths } from "./generated/inference.ts";

export type { components, operations, paths };

/** Name of a schema of the server's document, such as `"ObjectDetectionPrediction"`. */
export type SchemaName = keyof components["schemas"];

/** A schema of the server's document by its name. */
export type Schema<Name extends SchemaName> = components["schemas"][Name];

/** Path of a route, such as `"/infer/object_detection"`. */
export type Path = keyof paths;

/** Name of an operation in the server's document. */
export type OperationName = keyof operations;

/** One image in a JSON request: `type` is `"base64"` or `"url"`, `value` the text. */
export type InferenceRequestImage = Schema<"InferenceRequestImage">;

/** Body of `POST /infer/object_detection`. */
export type ObjectDetectionInferenceRequest = Schema<"ObjectDetectionInferenceRequest">;
/** Body of `POST /infer/instance_segmentation`. */
export type InstanceSegmentationInferenceRequest = Schema<"InstanceSegmentationInferenceRequest">;
/** Body of `POST /infer/semantic_segmentation`. */
export type SemanticSegmentationInferenceRequest = Schema<"SemanticSegmentationInferenceRequest">;
/** Body of `POST /infer/classification`. */
export type ClassificationInferenceRequest = Schema<"ClassificationInferenceRequest">;
/** Body of `POST /infer/keypoints_detection`. */
export type KeypointsDetectionInferenceRequest = Schema<"KeypointsDetectionInferenceRequest">;

/** Body of `POST /model/add`. */
export type AddModelRequest = Schema<"AddModelRequest">;
/** Body of `POST /model/remove`. */
export type ClearModelRequest = Schema<"ClearModelRequest">;

/** Query of the legacy route `POST /{dataset_id}/{version_id}`. */
export type LegacyInferenceQuery = NonNullable<
  paths["/{dataset_id}/{version_id}"]["post"]["parameters"]["query"]
>;

/** Answer of `GET /info`. */
export type ServerVersionInfo = Schema<"ServerVersionInfo">;
/** Answer of the model registry routes. */
export type ModelsDescriptions = Schema<"ModelsDescriptions">;
/** One loaded model in {@link ModelsDescriptions}. */
export type ModelDescriptionEntity = Schema<"ModelDescriptionEntity">;
/** Body of a 422 answer. It can repeat the whole request, key and image included: never log it as it is. */
export type HTTPValidationError = Schema<"HTTPValidationError">;

/** Answer of an object detection model for one image. */
export type ObjectDetectionInferenceResponse = Schema<"ObjectDetectionInferenceResponse">;
/** One detected box. */
export type ObjectDetectionPrediction = Schema<"ObjectDetectionPrediction">;

/** Answer of an instance segmentation model for one image. */
export type InstanceSegmentationInferenceResponse = Schema<"InstanceSegmentationInferenceResponse">;
/** One detected object with its outline as a polygon. */
export type InstanceSegmentationPrediction = Schema<"InstanceSegmentationPrediction">;
/** One detected object with its mask as run-length encoding. */
export type InstanceSegmentationRLEPrediction = Schema<"InstanceSegmentationRLEPrediction">;
/** How mask coordinates relate to the image when the server was allowed to answer on a reduced grid. */
export type MaskCoordinateMetadata = Schema<"MaskCoordinateMetadata">;

/** Answer of a keypoint detection model for one image. */
export type KeypointsDetectionInferenceResponse = Schema<"KeypointsDetectionInferenceResponse">;
/** One detected object with its keypoints. */
export type KeypointsPrediction = Schema<"KeypointsPrediction">;
/** One keypoint of a {@link KeypointsPrediction}. */
export type Keypoint = Schema<"Keypoint">;

/** Answer of a single-label classification model for one image. */
export type ClassificationInferenceResponse = Schema<"ClassificationInferenceResponse">;
/** One class of a {@link ClassificationInferenceResponse}. */
export type ClassificationPrediction = Schema<"ClassificationPrediction">;
/** Answer of a multi-label classification model for one image. */
export type MultiLabelClassificationInferenceResponse = Schema<"MultiLabelClassificationInferenceResponse">;
/** One class of a {@link MultiLabelClassificationInferenceResponse}. */
export type MultiLabelClassificationPrediction = Schema<"MultiLabelClassificationPrediction">;
/** Answer of an anomaly detection model: a classification plus the score it is made from. */
export type AnomalyDetectionResponse = Schema<"AnomalyDetectionResponse">;
/** The anomaly map of servers since 1.7; 1.6 sends nested lists of numbers. */
export type AnomalyMapPayload = Schema<"AnomalyMapPayload">;

/** Answer of a semantic segmentation model for one image. */
export type SemanticSegmentationInferenceResponse = Schema<"SemanticSegmentationInferenceResponse">;
/** The masks of a {@link SemanticSegmentationInferenceResponse}. */
export type SemanticSegmentationPrediction = Schema<"SemanticSegmentationPrediction">;

/** Answer of a model whose training has not finished: there is no prediction in it. */
export type StubResponse = Schema<"StubResponse">;
/** Size of the image that the coordinates refer to, in pixels. */
export type InferenceResponseImage = Schema<"InferenceResponseImage">;
/** A point in an answer, in pixels. */
export type Point = Schema<"Point-Output">;
/** Which model package answered, after aliases and fallbacks. */
export type ResolvedModel = Schema<"ResolvedModel">;
