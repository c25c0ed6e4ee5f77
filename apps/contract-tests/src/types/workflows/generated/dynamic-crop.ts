// Written by `infer workflows types`. Do not edit: write it again when the workflow changes.
import type {
  InferenceCall,
  InferenceHTTPClient,
  OutputImageForm,
  RunWorkflowOptions,
  WorkflowDetections,
  WorkflowImageForms,
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
    ],
    steps: [
      {
        type: "roboflow_core/roboflow_object_detection_model@v2",
        name: "model",
        images: "$inputs.image",
        model_id: "colours/1",
      },
      {
        type: "roboflow_core/dynamic_crop@v1",
        name: "crop",
        images: "$inputs.image",
        predictions: "$steps.model.predictions",
      },
    ],
    outputs: [
      {
        type: "JsonField",
        name: "crops",
        selector: "$steps.crop.crops",
      },
      {
        type: "JsonField",
        name: "inside",
        selector: "$steps.crop.predictions",
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
export type Parameters = Readonly<Record<string, never>>;

/** What the workflow takes. */
export interface Inputs {
  readonly images: Images;
  readonly parameters?: Parameters | undefined;
}

/** The outputs of one element of the batch. */
export interface Output<Form extends OutputImageForm = "bytes"> {
  /** image */
  readonly crops: readonly (WorkflowImageForms[Form] | null)[] | null;
  /** instance_segmentation_prediction, keypoint_detection_prediction, object_detection_prediction */
  readonly inside: readonly (WorkflowDetections | null)[] | null;
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
