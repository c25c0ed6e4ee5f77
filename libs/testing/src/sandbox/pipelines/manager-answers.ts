import { randomUUID } from "node:crypto";
import { type Answer, jsonAnswer, refuse } from "../exchange.ts";

/** The stream manager's kinds of refusal, as recorded on the real server 1.8.3. */
const REFUSALS = {
  not_found: [404, "ProcessesManagerNotFoundError"],
  invalid_payload: [400, "ProcessesManagerInvalidPayload"],
  operation_error: [500, "ProcessesManagerOperationError"],
  internal_error: [500, "ProcessesManagerInternalError"],
} as const;

/** Refuses in the words of the stream manager. */
export function refuseCommand(kind: keyof typeof REFUSALS, details: string): never {
  const [status, errorType] = REFUSALS[kind];
  refuse(
    status,
    `Error with command handling raised by InferencePipeline Manager. Error type: ${kind}. Details: ${details}`,
    { error_type: errorType, inner_error_type: null },
  );
}

/** Refuses an id that no pipeline has. */
export function refuseUnknownPipeline(id: string): never {
  refuseCommand("not_found", `Could not find InferencePipeline with id=${id}.`);
}

/** The form of every answer that is no refusal. */
export function managerAnswer(pipelineId: string | null, more: object = {}): Answer {
  const context = { request_id: randomUUID(), pipeline_id: pipelineId };
  return jsonAnswer({ status: "success", context, ...more });
}
