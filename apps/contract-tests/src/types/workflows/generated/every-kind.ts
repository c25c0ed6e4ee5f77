// Written by `infer workflows types`. Do not edit: write it again when the workflow changes.
import type {
  InferenceCall,
  InferenceHTTPClient,
  OutputImageForm,
  RunWorkflowOptions,
  WorkflowActionSpan,
  WorkflowClassification,
  WorkflowDetections,
  WorkflowImageForms,
  WorkflowImageInput,
  WorkflowNested,
  WorkflowNumbers,
  WorkflowRecord,
  WorkflowResult,
  WorkflowVideoMetadata,
} from "@inference-ts/sdk/node";

/** The workflow that `run` runs. */
export const workflow = {
  workspaceName: "colour-lab",
  workflowId: "every-kind",
};

/** Images by the names of the workflow's inputs. */
export type Images = {
  /** image */
  readonly image: WorkflowImageInput;
};

/** Parameters by the names of the workflow's inputs. */
export type Parameters = Readonly<Record<string, never>>;

/** What the workflow takes. */
export interface Inputs {
  readonly images: Images;
  readonly parameters?: Parameters | undefined;
}

/** The outputs of one element of the batch. */
export interface Output<Form extends OutputImageForm = "bytes"> {
  /** * */
  readonly "*": unknown;
  /** action_recognition_prediction */
  readonly action_recognition_prediction: WorkflowNested<readonly WorkflowActionSpan[]>;
  /** bar_code_detection */
  readonly bar_code_detection: WorkflowNested<WorkflowDetections>;
  /** boolean */
  readonly boolean: WorkflowNested<boolean>;
  /** bytes */
  readonly bytes: WorkflowNested<string>;
  /** classification_prediction */
  readonly classification_prediction: WorkflowNested<WorkflowClassification>;
  /** contours */
  readonly contours: WorkflowNested<readonly WorkflowNumbers[]>;
  /** detection */
  readonly detection: WorkflowNested<readonly unknown[]>;
  /** detections_overlaps */
  readonly detections_overlaps: WorkflowNested<readonly WorkflowRecord[]>;
  /** dictionary */
  readonly dictionary: WorkflowNested<WorkflowRecord>;
  /** embedding */
  readonly embedding: WorkflowNested<readonly number[]>;
  /** float */
  readonly float: WorkflowNested<number>;
  /** float_zero_to_one */
  readonly float_zero_to_one: WorkflowNested<number>;
  /** image */
  readonly image: WorkflowNested<WorkflowImageForms[Form]>;
  /** image_keypoints */
  readonly image_keypoints: WorkflowNested<WorkflowRecord>;
  /** image_metadata */
  readonly image_metadata: WorkflowNested<WorkflowRecord>;
  /** inference_id */
  readonly inference_id: WorkflowNested<string>;
  /** instance_segmentation_prediction */
  readonly instance_segmentation_prediction: WorkflowNested<WorkflowDetections>;
  /** integer */
  readonly integer: WorkflowNested<number>;
  /** keypoint_detection_prediction */
  readonly keypoint_detection_prediction: WorkflowNested<WorkflowDetections>;
  /** labeled_points */
  readonly labeled_points: WorkflowNested<readonly WorkflowRecord[]>;
  /** language_model_output */
  readonly language_model_output: WorkflowNested<string>;
  /** list_of_values */
  readonly list_of_values: WorkflowNested<readonly unknown[]>;
  /** numpy_array */
  readonly numpy_array: WorkflowNested<readonly unknown[]>;
  /** object_detection_prediction */
  readonly object_detection_prediction: WorkflowNested<WorkflowDetections>;
  /** parent_id */
  readonly parent_id: WorkflowNested<string>;
  /** point */
  readonly point: WorkflowNested<readonly [number, number]>;
  /** prediction_type */
  readonly prediction_type: WorkflowNested<string>;
  /** qr_code_detection */
  readonly qr_code_detection: WorkflowNested<WorkflowDetections>;
  /** rgb_color */
  readonly rgb_color: WorkflowNested<readonly [number, number, number]>;
  /** rle_instance_segmentation_prediction */
  readonly rle_instance_segmentation_prediction: WorkflowNested<WorkflowDetections>;
  /** roboflow_api_key */
  readonly roboflow_api_key: WorkflowNested<string>;
  /** ROBOFLOW_MANAGED_KEY */
  readonly ROBOFLOW_MANAGED_KEY: WorkflowNested<string>;
  /** roboflow_model_id */
  readonly roboflow_model_id: WorkflowNested<string>;
  /** roboflow_project */
  readonly roboflow_project: WorkflowNested<string>;
  /** roboflow_solution */
  readonly roboflow_solution: WorkflowNested<string>;
  /** secret */
  readonly secret: WorkflowNested<string>;
  /** semantic_segmentation_prediction */
  readonly semantic_segmentation_prediction: WorkflowNested<WorkflowDetections>;
  /** serialised_payloads */
  readonly serialised_payloads: WorkflowNested<readonly (string | WorkflowRecord)[]>;
  /** string */
  readonly string: WorkflowNested<string>;
  /** tensor */
  readonly tensor: WorkflowNested<readonly WorkflowNumbers[]>;
  /** timestamp */
  readonly timestamp: WorkflowNested<string>;
  /** top_class */
  readonly top_class: WorkflowNested<string>;
  /** video_metadata */
  readonly video_metadata: WorkflowNested<WorkflowVideoMetadata>;
  /** zone */
  readonly zone: WorkflowNested<readonly (readonly [number, number])[]>;
}

/** How the workflow is run. */
export interface RunOptions<Form extends OutputImageForm, Excluded extends keyof Output>
  extends Omit<RunWorkflowOptions, "images" | "parameters" | "outputImages" | "excludedFields"> {
  /** The form of pictures among the outputs. Default `"bytes"`. */
  readonly outputImages?: Form | undefined;
  /** Outputs that the server leaves out of the answer. */
  readonly excludedFields?: readonly Excluded[] | undefined;
}

/** Runs the workflow: `outputs` has one object per element of the batch. */
export function run<Form extends OutputImageForm = "bytes", Excluded extends keyof Output = never>(
  client: Pick<InferenceHTTPClient, "runWorkflow">,
  inputs: Inputs,
  options: RunOptions<Form, Excluded> = {},
): InferenceCall<WorkflowResult<Omit<Output<Form>, Excluded>>> {
  return client.runWorkflow<Omit<Output<Form>, Excluded>>(workflow, { ...options, ...inputs });
}
