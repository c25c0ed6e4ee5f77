/** A kind of value in a workflow: what its block declares, and what the client hands out for it. */
export interface WorkflowKind {
  /** The Python type of its serialised form, as the server declares it. */
  readonly serialised: string;
  /**
   * The TypeScript type of an output of this kind. Names in it that begin with a capital are exported by the package; `Form` is the
   * form of pictures that was asked for.
   */
  readonly output: string;
}

/**
 * Every kind of the server by its name. Source: `declared_kinds` of `POST /workflows/blocks/describe`, server 1.8.3; the output types
 * follow what its workflow engine serialises them to. Servers of before 1.6 lack `action_recognition_prediction`.
 */
export const WORKFLOW_KINDS: Readonly<Record<string, WorkflowKind>> = {
  "*": { serialised: "Any", output: "unknown" },
  action_recognition_prediction: { serialised: "List[dict]", output: "readonly WorkflowActionSpan[]" },
  bar_code_detection: { serialised: "dict", output: "WorkflowDetections" },
  boolean: { serialised: "bool", output: "boolean" },
  bytes: { serialised: "str", output: "string" },
  classification_prediction: { serialised: "dict", output: "WorkflowClassification" },
  contours: { serialised: "List[list]", output: "readonly WorkflowNumbers[]" },
  detection: {
    serialised: "Tuple[list, Optional[list], Optional[float], Optional[float], Optional[int], dict]",
    output: "readonly unknown[]",
  },
  detections_overlaps: { serialised: "List[Dict[str, Any]]", output: "readonly WorkflowRecord[]" },
  dictionary: { serialised: "dict", output: "WorkflowRecord" },
  embedding: { serialised: "List[float]", output: "readonly number[]" },
  float: { serialised: "float", output: "number" },
  float_zero_to_one: { serialised: "float", output: "number" },
  image: { serialised: "dict", output: "WorkflowImageForms[Form]" },
  image_keypoints: { serialised: "dict", output: "WorkflowRecord" },
  image_metadata: { serialised: "dict", output: "WorkflowRecord" },
  inference_id: { serialised: "str", output: "string" },
  instance_segmentation_prediction: { serialised: "dict", output: "WorkflowDetections" },
  integer: { serialised: "int", output: "number" },
  keypoint_detection_prediction: { serialised: "dict", output: "WorkflowDetections" },
  labeled_points: { serialised: "List[Dict[str, Any]]", output: "readonly WorkflowRecord[]" },
  language_model_output: { serialised: "str", output: "string" },
  list_of_values: { serialised: "List[Any]", output: "readonly unknown[]" },
  numpy_array: { serialised: "list", output: "readonly unknown[]" },
  object_detection_prediction: { serialised: "dict", output: "WorkflowDetections" },
  parent_id: { serialised: "str", output: "string" },
  point: { serialised: "Tuple[int, int]", output: "readonly [number, number]" },
  prediction_type: { serialised: "str", output: "string" },
  qr_code_detection: { serialised: "dict", output: "WorkflowDetections" },
  rgb_color: { serialised: "Tuple[int, int, int]", output: "readonly [number, number, number]" },
  rle_instance_segmentation_prediction: { serialised: "dict", output: "WorkflowDetections" },
  roboflow_api_key: { serialised: "str", output: "string" },
  ROBOFLOW_MANAGED_KEY: { serialised: "str", output: "string" },
  roboflow_model_id: { serialised: "str", output: "string" },
  roboflow_project: { serialised: "str", output: "string" },
  roboflow_solution: { serialised: "str", output: "string" },
  secret: { serialised: "str", output: "string" },
  semantic_segmentation_prediction: { serialised: "dict", output: "WorkflowDetections" },
  serialised_payloads: {
    serialised: "List[Union[str, dict]]",
    output: "readonly (string | WorkflowRecord)[]",
  },
  string: { serialised: "str", output: "string" },
  tensor: { serialised: "list", output: "readonly WorkflowNumbers[]" },
  timestamp: { serialised: "str", output: "string" },
  top_class: { serialised: "str", output: "string" },
  video_metadata: { serialised: "dict", output: "WorkflowVideoMetadata" },
  zone: { serialised: "List[Tuple[int, int]]", output: "readonly (readonly [number, number])[]" },
};
