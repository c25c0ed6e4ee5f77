import { jsonAnswer, Refusal } from "../exchange.ts";

/** What the server says about one block of a workflow that failed. */
export interface BlockError {
  readonly block_id: string | null;
  readonly block_type?: string | null;
  readonly block_details?: string | null;
  readonly property_name?: string | null;
  readonly property_details?: string | null;
}

/** What is common to all errors of the engine. */
interface Failure {
  readonly status?: number;
  readonly message: string;
  readonly errorType: string;
  readonly context: string;
  readonly innerType?: string | null;
  readonly innerMessage?: string;
}

const fullBlockError = (error: BlockError) => ({
  block_id: error.block_id,
  block_type: error.block_type ?? null,
  block_details: error.block_details ?? null,
  property_name: error.property_name ?? null,
  property_details: error.property_details ?? null,
  block_traceback: null,
});

const commonFields = (failure: Failure, innerType: string | null) => ({
  message: failure.message,
  error_type: failure.errorType,
  context: failure.context,
  inner_error_type: failure.innerType ?? innerType,
  inner_error_message: failure.innerMessage ?? "None",
});

/** Ends the request with an error of five fields: definition, input and kind errors. */
export function refuseWorkflow(failure: Failure): never {
  throw new Refusal(jsonAnswer(commonFields(failure, null), failure.status ?? 400));
}

/** Ends the request with an error that names blocks; there the server writes a missing inner type as the text "None". */
export function refuseBlocks(failure: Failure, blocks: readonly BlockError[] | null): never {
  const body = {
    ...commonFields(failure, "None"),
    blocks_errors: blocks === null ? null : blocks.map(fullBlockError),
    python_blocks_output_streams: null,
    python_blocks_debug_traces: null,
  };
  throw new Refusal(jsonAnswer(body, failure.status ?? 400));
}

/** Context of errors that are found while the graph of steps is made. */
export const GRAPH_CONTEXT = "workflow_compilation | execution_graph_construction";

/** Context of errors in what a request gives for the inputs. */
export const INPUT_CONTEXT = "workflow_execution | runtime_input_validation";
