import type { JsonRecord } from "./definition.ts";

const VERSION = "1.4.0";
const image = { type: "WorkflowImage", name: "image" };
const field = (name: string, selector: string) => ({ type: "JsonField", name, selector });

/** The workspace whose key the sandbox knows. */
const WORKSPACE = "colour-lab";

const DETECT_COLOURS: JsonRecord = {
  version: VERSION,
  inputs: [image, { type: "WorkflowParameter", name: "confidence", default_value: 0.4 }],
  steps: [
    {
      type: "roboflow_core/roboflow_object_detection_model@v2",
      name: "model",
      images: "$inputs.image",
      model_id: "colours/1",
      confidence: "$inputs.confidence",
    },
    {
      type: "roboflow_core/property_definition@v1",
      name: "count",
      data: "$steps.model.predictions",
      operations: [{ type: "SequenceLength" }],
    },
  ],
  outputs: [field("predictions", "$steps.model.predictions"), field("count", "$steps.count.output")],
};

const TO_GRAY: JsonRecord = {
  version: VERSION,
  inputs: [image],
  steps: [{ type: "roboflow_core/convert_grayscale@v1", name: "gray", image: "$inputs.image" }],
  outputs: [field("gray", "$steps.gray.image")],
};

/** A workflow that cannot be read, to see how that is answered. */
const BROKEN: JsonRecord = {
  version: VERSION,
  inputs: [],
  steps: [{ type: "no/such@v1", name: "a" }],
  outputs: [],
};

/** Saved workflows by workspace and id: those of the project's real test server. */
const SAVED: ReadonlyMap<string, JsonRecord> = new Map([
  [`${WORKSPACE}/detect-colours`, DETECT_COLOURS],
  [`${WORKSPACE}/to-gray`, TO_GRAY],
  [`${WORKSPACE}/broken`, BROKEN],
]);

/** The specification that was saved under a workspace and an id. */
export const savedWorkflow = (workspace: string, id: string): JsonRecord | undefined =>
  SAVED.get(`${workspace}/${id}`);
