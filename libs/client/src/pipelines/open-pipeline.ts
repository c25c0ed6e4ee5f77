import type { PipelineSettings } from "@inference-ts/pipelines";
import type { CallScope } from "../call/call-scope.ts";
import { InferencePipeline, type PipelineClient } from "./inference-pipeline.ts";
import { requestPipelineStart, requestPipelineStatus } from "./pipeline-requests.ts";

/** Starts a pipeline and gives a handle that ends it. */
export async function startedPipeline(
  client: PipelineClient,
  scope: CallScope,
  settings: PipelineSettings,
): Promise<InferencePipeline> {
  const answer = await requestPipelineStart(scope, settings);
  return new InferencePipeline(client, { id: answer.context.pipeline_id, answer, endsWithScope: true });
}

/** A handle on a pipeline that runs already. */
export async function attachedPipeline(
  client: PipelineClient,
  scope: CallScope,
  id: string,
): Promise<InferencePipeline> {
  const answer = await requestPipelineStatus(scope, id);
  return new InferencePipeline(client, { id, answer, endsWithScope: false });
}
