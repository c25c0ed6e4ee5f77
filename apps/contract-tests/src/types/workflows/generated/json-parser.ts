// Written by `infer workflows types`. Do not edit: write it again when the workflow changes.
import type {
  InferenceCall,
  InferenceHTTPClient,
  OutputImageForm,
  RunWorkflowOptions,
  WorkflowResult,
} from "@inference-ts/sdk/node";

/** The workflow that `run` runs. */
export const workflow = {
  specification: {
    version: "1.4.0",
    inputs: [
      {
        type: "WorkflowParameter",
        name: "text",
      },
    ],
    steps: [
      {
        type: "roboflow_core/json_parser@v1",
        name: "j",
        raw_json: "$inputs.text",
        expected_fields: [
          "a",
          "b",
        ],
      },
    ],
    outputs: [
      {
        type: "JsonField",
        name: "all",
        selector: "$steps.j.*",
      },
    ],
  },
};

/** Images by the names of the workflow's inputs. */
export type Images = Readonly<Record<string, never>>;

/** Parameters by the names of the workflow's inputs. */
export type Parameters = {
  /** language_model_output */
  readonly text: string;
};

/** What the workflow takes. */
export interface Inputs {
  readonly images?: Images | undefined;
  readonly parameters: Parameters;
}

/** The outputs of one element of the batch. */
export interface Output<_Form extends OutputImageForm = "bytes"> {
  readonly all: { readonly error_status: boolean | null; readonly [name: string]: unknown } | null;
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
