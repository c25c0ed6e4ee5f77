import {
  type EndpointAnswer,
  type RunInlineWorkflow,
  type RunStoredWorkflow,
  type RunWorkflowQuery,
  runInlineWorkflow,
  runInlineWorkflowByOldRoute,
  runStoredWorkflow,
  runStoredWorkflowByOldRoute,
} from "@inference-ts/endpoints";
import { InvalidParameterError } from "@inference-ts/errors";
import { mapInOrderOrFail } from "@inference-ts/transport";
import {
  type CheckedWorkflow,
  checkReference,
  type InlineWorkflow,
  OUTPUT_IMAGE_FORMS,
  planInputs,
  type WorkflowReference,
  type WorkflowResult,
  workflowLabel,
} from "@inference-ts/workflows";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { warnOnce } from "../call/warn-once.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import { DEFAULT_LOADING_TIMEOUT_MS } from "../client-options.ts";
import { v1Query } from "../configuration/wire-parameters.ts";
import { given } from "../given.ts";
import { LOADING, load } from "../infer/infer-batch.ts";
import { wireImage } from "../infer/wire-image.ts";
import type { KeyPlacement } from "../keys/key-placement.ts";
import { outputDecoder } from "./output-decoder.ts";
import type { NamedWorkflowByOldNames, RunWorkflowOptions } from "./run-options.ts";

/** The two addresses under which workflows are run. */
interface RunRoutes {
  readonly stored: RunStoredWorkflow;
  readonly storedOperation: string;
  readonly inline: RunInlineWorkflow;
  readonly inlineOperation: string;
}

const ROUTES: RunRoutes = {
  stored: runStoredWorkflow,
  storedOperation: "POST /{workspace_name}/workflows/{workflow_id}",
  inline: runInlineWorkflow,
  inlineOperation: "POST /workflows/run",
};

const OLD_ROUTES: RunRoutes = {
  stored: runStoredWorkflowByOldRoute,
  storedOperation: "POST /infer/workflows/{workspace_name}/{workflow_id}",
  inline: runInlineWorkflowByOldRoute,
  inlineOperation: "POST /infer/workflows",
};

/** Images that are read at once; all of them are held until the request is written. */
const LOADS_AT_ONCE = 8;
/** Workflows take images as they are. */
const UNCHANGED = { downsizeTo: null } as const;
/** What a run is called where calls name their task. */
const TASK = "workflow";

/** Runs a workflow by the routes of today. */
export function runWorkflow(
  scope: CallScope,
  reference: WorkflowReference,
  options: RunWorkflowOptions,
): Promise<WorkflowResult> {
  return run(scope, checkReference(reference), options, ROUTES);
}

/** Runs a workflow by the older routes. */
export function inferFromWorkflow(
  scope: CallScope,
  reference: NamedWorkflowByOldNames | InlineWorkflow,
  options: RunWorkflowOptions,
): Promise<WorkflowResult> {
  warnOnce(
    scope.core,
    "INFERENCE_OLD_WORKFLOW_ROUTES",
    "inferFromWorkflow asks the older addresses of workflows, which the server may drop; use runWorkflow.",
  );
  const names = { workspaceName: "workspaceName", workflowId: "workflowName" };
  const workflowId = "workflowName" in reference ? reference.workflowName : undefined;
  return run(scope, checkReference({ ...reference, workflowId }, names), options, OLD_ROUTES);
}

async function run(
  scope: CallScope,
  workflow: CheckedWorkflow,
  options: RunWorkflowOptions,
  routes: RunRoutes,
): Promise<WorkflowResult> {
  const { outputImages = "bytes" } = options;
  if (!OUTPUT_IMAGE_FORMS.includes(outputImages)) {
    throw new InvalidParameterError(`outputImages "${String(outputImages)}" is no form of pictures.`, {
      hint: `Use one of ${OUTPUT_IMAGE_FORMS.join(", ")}.`,
    });
  }
  const plan = planInputs(options.images, options.parameters);
  const { core, callId } = scope;
  const decode = await outputDecoder(core.images, outputImages);
  core.events.emit(() => ({
    station: "plan",
    callId,
    modelId: workflowLabel(workflow),
    task: TASK,
    batchSize: Math.max(1, plan.images.length),
    concurrency: 1,
  }));
  const { value: images, timeoutMs } = await withinDeadline(
    scope,
    LOADING,
    scope.signal,
    (within) => loadImages(scope, plan.images, within),
    scope.timeoutMs(DEFAULT_LOADING_TIMEOUT_MS),
  );
  core.events.emit(() => ({ station: "batch", callId, indexes: [...plan.images.keys()] }));
  const { data } = await send(scope, workflow, plan.inputs(images), options, routes, timeoutMs);
  const startedAt = performance.now();
  const result = decode(data);
  core.events.emit(() => ({
    station: "decode",
    callId,
    index: 0,
    task: TASK,
    durationMs: performance.now() - startedAt,
  }));
  return result;
}

/** The images as the request holds them: their base64 is written into its body, never into a text. */
async function loadImages(
  scope: CallScope,
  images: ReturnType<typeof planInputs>["images"],
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const loaded: unknown[] = [];
  const loading = mapInOrderOrFail(
    images,
    LOADS_AT_ONCE,
    (input, index, within) => load(scope, UNCHANGED, { index, input }, within),
    signal,
  );
  for await (const { image } of loading) loaded.push(wireImage(image, scope.core.writeBase64));
  return loaded;
}

function send(
  scope: CallScope,
  workflow: CheckedWorkflow,
  inputs: Record<string, unknown>,
  options: RunWorkflowOptions,
  routes: RunRoutes,
  timeoutMs: number | null,
): Promise<EndpointAnswer<unknown>> {
  const { core, state } = scope;
  const key = bodyKey(scope);
  const fields = {
    ...scope.keyField(key.body),
    use_cache: options.useCache ?? true,
    enable_profiling: options.enableProfiling ?? false,
    ...(options.disableSinks === true ? { disable_sinks: true } : {}),
    ...(options.debug === true ? { debug: true } : {}),
    inputs,
    ...(options.excludedFields === undefined ? {} : { excluded_fields: [...options.excludedFields] }),
  };
  const { source, sourceInfo, workflowRunRetriesEnabled } = state.configuration;
  const query: RunWorkflowQuery = {
    ...v1Query(state.configuration),
    ...given({ source, source_info: sourceInfo }),
  };
  const isStored = workflow.kind === "named";
  const sending = scope.send({
    operation: isStored ? routes.storedOperation : routes.inlineOperation,
    about: isStored ? `workflow ${workflowLabel(workflow)}` : "an inline workflow",
    signal: scope.signal,
    timeoutMs,
    replay: "always",
    retry: workflowRunRetriesEnabled ? core.retry : { ...core.retry, maxAttempts: 1 },
    key,
    runs: { modelId: undefined, inBody: false },
  });
  const client = endpointsOf(core);
  if (!isStored) {
    return routes.inline(client, { ...fields, specification: workflow.specification }, query, sending);
  }
  const { workspaceName, workflowId, workflowVersionId } = workflow;
  return routes.stored(
    client,
    { workspace_name: workspaceName, workflow_id: workflowId },
    { ...fields, ...given({ workflow_version_id: workflowVersionId }) },
    query,
    sending,
  );
}

/** The routes of workflows look for a key in the body, not in the query, in both modes. */
function bodyKey(scope: CallScope): KeyPlacement {
  const { header, query, body } = scope.keyPlacement(true);
  return { header, query: false, body: query || body };
}
