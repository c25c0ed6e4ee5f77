/**
 * Makes a workflow that finds the coloured shapes of a picture, for the sandbox and for a server with the model.
 *
 * @param outputs - selectors by the name of the output, such as `{ found: "$steps.model.predictions" }`.
 * @param modelId - the detector; that of the sandbox where it is left out.
 */
export function colourWorkflow(outputs: Readonly<Record<string, string>>, modelId = "colours/1") {
  return {
    version: "1.4.0",
    inputs: [{ type: "WorkflowImage", name: "image" }],
    steps: [
      {
        type: "roboflow_core/roboflow_object_detection_model@v2",
        name: "model",
        images: "$inputs.image",
        model_id: modelId,
      },
    ],
    outputs: Object.entries(outputs).map(([name, selector]) => ({ type: "JsonField", name, selector })),
  };
}
