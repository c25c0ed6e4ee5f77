// Written by `infer workflows types`. Do not edit: write it again when the workflow changes.
import type {
  InferenceCall,
  InferenceHTTPClient,
  OutputImageForm,
  RunWorkflowOptions,
  WorkflowDetections,
  WorkflowImageInput,
  WorkflowResult,
} from "@inference-ts/sdk/node";

/** The workflow that `run` runs. */
export const workflow = {
  specification: {
    version: "1.4.0",
    inputs: [
      {
        type: "WorkflowImage",
        name: "image",
      },
      {
        type: "WorkflowParameter",
        name: "confidence",
        default_value: 0.4,
      },
    ],
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
        operations: [
          {
            type: "SequenceLength",
          },
        ],
      },
    ],
    outputs: [
      {
        type: "JsonField",
        name: "predictions",
        selector: "$steps.model.predictions",
      },
      {
        type: "JsonField",
        name: "count",
        selector: "$steps.count.output",
      },
    ],
  },
};

/** Images by the names of the workflow's inputs. */
export type Images = {
  /** image */
  readonly image: WorkflowImageInput;
};

/** Parameters by the names of the workflow's inputs. */
export type Parameters = {
  /** float_zero_to_one */
  readonly confidence?: number | undefined;
};

/** What the workflow takes. */
export interface Inputs {
  readonly images: Images;
  readonly parameters?: Parameters | undefined;
}

/** The outputs of one element of the batch. */
export interface Output<_Form extends OutputImageForm = "bytes"> {
  /** object_detection_prediction */
  readonly predictions: WorkflowDetections | null;
  /** * */
  readonly count: unknown;
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
