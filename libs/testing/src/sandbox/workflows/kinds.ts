import kindSchemas from "./kind-schemas.json" with { type: "json" };
import { ownValue } from "./own-value.ts";

/** A kind as the server describes it; its prose is left out. */
export interface KindDescription {
  readonly name: string;
  readonly serialised_data_type: string;
  readonly internal_data_type: string;
}

const BOXES = { serialised_data_type: "dict", internal_data_type: "sv.Detections" };
const TEXT = { serialised_data_type: "str", internal_data_type: "str" };
const NUMBER = { serialised_data_type: "float", internal_data_type: "float" };

/** The kinds that the sandbox's blocks use, with the types of their values as the server names them (1.8.3). */
const TYPES: Readonly<Record<string, Omit<KindDescription, "name">>> = {
  "*": { serialised_data_type: "Any", internal_data_type: "Any" },
  boolean: { serialised_data_type: "bool", internal_data_type: "bool" },
  float_zero_to_one: NUMBER,
  image: { serialised_data_type: "dict", internal_data_type: "WorkflowImageData" },
  inference_id: TEXT,
  instance_segmentation_prediction: BOXES,
  integer: { serialised_data_type: "int", internal_data_type: "int" },
  keypoint_detection_prediction: BOXES,
  list_of_values: { serialised_data_type: "List[Any]", internal_data_type: "List[Any]" },
  object_detection_prediction: BOXES,
  rgb_color: {
    serialised_data_type: "Tuple[int, int, int]",
    internal_data_type: "Tuple[int, int, int]",
  },
  rle_instance_segmentation_prediction: BOXES,
  roboflow_model_id: TEXT,
  roboflow_project: TEXT,
  string: TEXT,
};

/** Names of the kinds that the sandbox's blocks use. */
export const KIND_NAMES: readonly string[] = Object.keys(TYPES);

/** A kind by name; a name that only a specification uses stands for anything. */
export const describeKind = (name: string): KindDescription => ({
  name,
  ...(ownValue(TYPES, name) ?? { serialised_data_type: "Any", internal_data_type: "Any" }),
});

/** Python's name of the type of a kind's values, as the server gives it. */
export const typingHint = (name: string): string => describeKind(name).serialised_data_type;

/** JSON Schemas of the kinds that have one, taken from the server (1.8.3). */
export const KIND_SCHEMAS: ReadonlyMap<string, object> = new Map(Object.entries(kindSchemas));
